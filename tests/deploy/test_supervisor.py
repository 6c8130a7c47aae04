"""A kept program comes back, says what it says, and stops when told."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from signal import SIGKILL

import pytest

from deploy import supervisor
from deploy.embedded.program import Program
from deploy.leftovers import Ledger, started_at
from deploy.supervisor import Keeper
from deploy.terminal import Terminal

POLITE = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); print('up', flush=True); signal.pause()"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()"

Make = Callable[[str], Keeper]


class Listening(Terminal):
    """Keeps what would be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def line(self, name: str, text: str) -> None:
        self.lines.put_nowait(text)

    async def hears(self, wanted: str) -> None:
        async with asyncio.timeout(10):
            while wanted not in await self.lines.get():
                pass


@pytest.fixture
def terminal() -> Listening:
    return Listening()


@pytest.fixture
async def keep(tmp_path: Path, terminal: Listening) -> AsyncIterator[Make]:
    kept: list[Keeper] = []

    def make(code: str) -> Keeper:
        keeper = Keeper(Program("one", (sys.executable, "-c", code)), terminal, Ledger(tmp_path))
        keeper.start()
        kept.append(keeper)
        return keeper

    yield make
    for keeper in kept:
        await keeper.stop(patience=0.1)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_DELAY", 0.01)


async def test_it_comes_back_after_kill_9(keep: Make, terminal: Listening) -> None:
    keeper = keep(POLITE)
    await terminal.hears("up")
    os.kill(keeper.pid, SIGKILL)
    await terminal.hears("was ended by signal 9")
    await terminal.hears("up")
    assert keeper.restarts == 1


async def test_it_waits_longer_each_time(keep: Make, terminal: Listening) -> None:
    keep("raise SystemExit(3)")
    await terminal.hears("ended with status 3; starting it again in 0.01 s")
    await terminal.hears("again in 0.02 s")
    await terminal.hears("again in 0.04 s")


async def test_it_stops_politely_and_stays_stopped(keep: Make, terminal: Listening) -> None:
    keeper = keep(POLITE)
    await terminal.hears("up")
    pid = keeper.pid
    await keeper.stop(patience=10)
    assert started_at(pid) == 0
    assert keeper.restarts == 0


async def test_one_that_will_not_stop_is_killed(keep: Make, terminal: Listening) -> None:
    keeper = keep(STUBBORN)
    await terminal.hears("up")
    await keeper.stop(patience=0.1)
    assert keeper.pid == 0


async def test_it_can_be_stopped_between_two_starts(keep: Make, terminal: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_DELAY", 60.0)
    keeper = keep("raise SystemExit(3)")
    await terminal.hears("again in 60 s")
    await asyncio.wait_for(keeper.stop(patience=10), 5)


async def test_a_very_long_line_does_not_end_the_reading(keep: Make, terminal: Listening) -> None:
    keep(f"print('x' * 3_000_000); {POLITE}")
    await terminal.hears("up")
