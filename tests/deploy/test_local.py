"""`make up`'s launcher with real servers and stand-ins for the services."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.arrangement import OPS_PORTS
from deploy.install import ROOT
from deploy.ports import free_port

STAND_IN = """
import asyncio, os

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
    await writer.drain()
    writer.close()

async def main(settings):
    for setting in settings:
        await asyncio.start_server(answer, "127.0.0.1", int(os.environ[setting]))
    await asyncio.Event().wait()

asyncio.run(main({settings}))
"""

Launch = Callable[[], "Launched"]


class Launched:
    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local"],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []

    def says(self, wanted: str) -> bool:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if wanted in line:
                return True
        return False

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, sign: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sign)
        return self.process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in OPS_PORTS:
        package = tmp_path / "services" / name
        package.mkdir(parents=True)
        settings = ["PARLEY_OPS_PORT", *(["PARLEY_PORT"] if name == "gateway" else [])]
        (package / "__main__.py").write_text(STAND_IN.replace("{settings}", repr(settings)))
    (tmp_path / "services" / "__init__.py").touch()
    return tmp_path


@pytest.fixture
def environment() -> dict[str, str]:
    chosen = {
        "PYTHONPATH": str(ROOT),
        "PARLEY_PORT": str(free_port()),
        "PARLEY_SMTP_URL": "smtp://127.0.0.1:9",
        "PARLEY_DEMO": "no",
    }
    own = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return own | chosen


@pytest.fixture
def launch(folder: Path, environment: dict[str, str]) -> Iterator[Launch]:
    launched: list[Launched] = []

    def start() -> Launched:
        launched.append(Launched(folder, environment))
        return launched[-1]

    yield start
    for one in launched:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)
        if one.process.stdout is not None:
            one.process.stdout.close()


def test_it_becomes_ready_and_leaves_nothing_behind(launch: Launch, folder: Path) -> None:
    parley = launch()
    assert parley.says("Parley is ready"), parley.said
    family = parley.family()
    assert len(family) >= len(OPS_PORTS) + 2
    assert parley.end() == 0
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert (folder / ".parley" / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_kill_9_takes_everything_along_and_the_next_start_works(launch: Launch) -> None:
    first = launch()
    assert first.says("Parley is ready"), first.said
    family = first.family()
    first.end(signal.SIGKILL)
    second = launch()
    assert second.says("Parley is ready"), second.said
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert second.end() == 0


def test_a_second_one_in_the_same_folder_says_so(launch: Launch) -> None:
    first = launch()
    assert first.says("Parley is ready"), first.said
    second = launch()
    assert second.says("already running")
    assert second.process.wait(10) == 2


def test_a_taken_port_is_named_with_its_setting(launch: Launch, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(environment["PARLEY_PORT"]))):
        parley = launch()
        assert parley.says("PARLEY_PORT=")
        assert parley.process.wait(10) == 2
