"""The long poll under traffic: nothing starves, nothing is asked for too often, and a gateway that is behind is waited for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

import pytest

from services.gateway.live.polling import LINGER_SECONDS
from tests.attacks.people import Colleague, Raw, Visitor
from tests.attacks.polling import Poller, are_seated, is_listed, keeps_looking, polls
from tests.parley import Parley
from tests.waiting import eventually

Matches = Callable[[Raw], bool]


@asynccontextmanager
async def traffic(visitor: Visitor) -> AsyncIterator[None]:
    """Somebody talks without a pause."""
    conversation_id = await visitor.starts("Word after word")

    async def talk() -> None:
        while True:
            await visitor.says(conversation_id, "And another thing")

    talking = asyncio.create_task(talk())
    try:
        yield
    finally:
        talking.cancel()
        with suppress(asyncio.CancelledError):
            await talking


async def hears_though_events_wait(console: Poller, kind: str, matches: Matches) -> None:
    """A frame of this kind comes although no poll ever has to wait for an event."""
    missed = console.position - 1
    async with asyncio.timeout(10):
        while not any(frame["type"] == kind and matches(frame) for frame in await console.poll(position=missed)):
            pass


async def test_a_console_gets_counters_and_notices_too(ana: Visitor, eve: Visitor, ben: Colleague, tomas: Colleague) -> None:
    console = polls(tomas)
    await eve.starts("So that there is something to miss")
    await console.settles()
    before = next(frame for frame in reversed(console.told) if frame["type"] == "counters")["counts"]["all_open"]
    conversation_id = await ana.starts("Do you count me?")
    await hears_though_events_wait(console, "counters", lambda frame: frame["counts"]["all_open"] > before)
    await eventually(lambda: is_listed(ben, conversation_id))
    mentioned = await ben.writes("add_comment", conversation_id, "Tomas, please", mentions=[tomas.account_id])
    assert mentioned.status_code == 200, mentioned.text
    await hears_though_events_wait(console, "notices", lambda frame: conversation_id in str(frame["notices"]))


async def test_an_answer_brings_what_happens_a_moment_after_the_first_news(ana: Visitor, eve: Visitor, ben: Colleague) -> None:
    widget, console = polls(ana), polls(ben)
    await widget.hello()
    await console.settles()
    async with traffic(ana), traffic(eve):
        for one in (widget, console):
            began, asked = monotonic(), 20
            for _ in range(asked):
                await one.poll()
            assert monotonic() - began >= asked * LINGER_SECONDS
            positions = [frame["position"] for frame in one.events]
            assert positions == sorted(set(positions))


@pytest.mark.parametrize("kind", ["poll", "hello"])
async def test_a_gateway_waits_for_what_another_has_told_already(ana: Visitor, ben: Colleague, kind: str) -> None:
    """To a client that comes from a gateway which is ahead, this one looks like this."""
    console = polls(ben)
    await console.settles()
    ahead = asyncio.create_task(console.calls(type=kind, epoch=console.epoch, position=console.position + 1))
    await ana.starts("Here I am")
    welcomes = [frame for frame in (await ahead).json()["frames"] if frame["type"] == "welcome"]
    assert [frame["resumed"] for frame in welcomes] == ([True] if kind == "hello" else [])


async def test_who_closes_one_of_two_windows_still_looks(parley: Parley, ana: Visitor, ben: Colleague, tomas: Colleague) -> None:
    conversation_id = await ana.starts("Look at me twice")
    looker, windows = polls(ben), [polls(tomas), polls(tomas)]
    for one in (looker, *windows):
        await one.settles()
    looking = [asyncio.create_task(keeps_looking(one, conversation_id)) for one in windows]
    while not (await looker.hears("viewers", viewing=conversation_id))["viewers"]:
        pass
    await eventually(lambda: are_seated(parley, 2))
    looker.told = []
    looking[0].cancel()
    await eventually(lambda: are_seated(parley, 1))
    await ana.says(conversation_id, "One window less")
    async with asyncio.timeout(10):
        while "One window less" not in looker.texts:
            await looker.poll(viewing=conversation_id)
    assert [] not in [frame["viewers"] for frame in looker.told if frame["type"] == "viewers"]
    await eventually(lambda: are_seated(parley, 1))
    looking[1].cancel()
    assert (await looker.hears("viewers", viewing=conversation_id))["viewers"] == []
