"""Two instances of one service, beside each other on one log."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from shared import locks as locking
from shared.bus import Bus, connect
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.messages import new_id
from shared.readmodel import rebuild
from shared.settings import Settings
from tests.shared.conftest import Begin
from tests.shared.running import handled, logging_to, running, trail
from tests.shared.toy.jars import FULL, JarIsBroken, break_jar, drop, toy

Both = tuple[CommandHandler, CommandHandler]


@pytest.fixture
async def both(settings: Settings, service_name: str) -> AsyncIterator[Both]:
    async with AsyncExitStack() as stack:
        (_, one), (_, other) = [await stack.enter_async_context(logging_to(settings, toy(service_name))) for _ in range(2)]
        yield one, other


async def test_nothing_left_to_do_is_not_said_from_memory_alone(both: Both) -> None:
    one, other = both
    jar = new_id()
    await one.handle(drop(jar), trail())
    await other.handle(break_jar(jar), trail())
    with pytest.raises(JarIsBroken):
        await one.handle(drop(jar, 0), trail())


async def test_a_refusal_is_not_said_from_memory_alone(both: Both) -> None:
    one, other = both
    jar = new_id()
    await one.handle(drop(jar, FULL), trail())
    await other.handle(break_jar(jar), trail())
    with pytest.raises(JarIsBroken):  # and not: it is full
        await one.handle(drop(jar), trail())


async def test_two_rebuilds_at_once_are_done_one_after_the_other(settings: Settings, service_name: str) -> None:
    service = toy(service_name)
    async with running(service, settings) as parts:
        await handled(parts, *(drop(new_id()) for _ in range(20)))
        answers = await asyncio.gather(*(rebuild(parts.pool, service, parts.bus) for _ in range(2)))
        assert answers == [{service_name: 20}] * 2


async def test_a_role_of_a_silent_process_is_free_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """`run`, which probes, is not running: nothing is heard of the first holder, as if it were frozen."""
    monkeypatch.setattr(locking, "LEASE_SECONDS", 1)
    silent, standby = Locks(settings, "toy"), Locks(settings, "toy")
    async with asyncio.timeout(8), silent.held("role") as still_held:
        async with standby.held("role") as taken_over:
            assert taken_over.is_set()
        assert not still_held.is_set()
    await silent.close()
    await standby.close()


async def test_a_request_that_was_taken_is_answered_before_the_service_ends(
    settings: Settings, service_name: str, begin: Begin
) -> None:
    """SIGTERM in the middle of two hundred commands: each is answered, or was never taken (and nobody else is there)."""
    process = await begin(service_name)
    asking = Bus(await connect(settings, "asking"))
    asks = [asyncio.create_task(asking.ask(service_name, drop(new_id(), 20))) for _ in range(200)]
    await asks[0]
    assert process._process is not None
    process._process.send_signal(signal.SIGTERM)
    answers = await asyncio.gather(*asks, return_exceptions=True)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert await process.ended() == 0
    await asking.client.close()
