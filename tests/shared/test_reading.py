"""Reading from any position on: from the mirror, or from the owner where the mirror no longer reaches."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import orjson
import pytest

from shared.bus import Bus, connect
from shared.envelope import Raw
from shared.errors import RefusedElsewhere, Unavailable
from shared.messages import new_id
from shared.mirror import stream_name
from shared.reading import Doubt, EventsAfter, Head, Reader, StreamEvents, whole_stream
from shared.service import Parts
from shared.settings import Settings
from tests.shared.running import handled, running
from tests.shared.test_relay import is_exact
from tests.shared.toy.jars import drop, toy
from tests.waiting import eventually

COUNT = 60


@pytest.fixture
async def parts(settings: Settings, service_name: str) -> AsyncIterator[Parts]:
    """A service whose log holds sixty events, all mirrored."""
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(new_id(), 3) for _ in range(COUNT // 3)))
        await eventually(lambda: is_exact(parts, service_name))
        yield parts


async def read(bus: Bus, service: str, position: int, until: int) -> list[Raw]:
    """What a reader gives from a position on, until it has come to another."""
    found: list[Raw] = []
    if position >= until:
        return found
    async with asyncio.timeout(10), aclosing(Reader(bus, service).batches(position)) as batches:
        async for batch in batches:
            found += batch
            if found and found[-1].position >= until:
                return found
    raise AssertionError("the reader ended by itself")


def told(raws: list[Raw]) -> list[Raw]:
    """The same events, their JSON without the blanks that PostgreSQL puts in."""
    return [replace(raw, body=orjson.dumps(orjson.loads(raw.body), option=orjson.OPT_SORT_KEYS)) for raw in raws]


@pytest.mark.parametrize("position", [0, 1, 7, 30, COUNT - 1])
async def test_it_resumes_anywhere_without_hole_or_double(parts: Parts, service_name: str, position: int) -> None:
    found = await read(parts.bus, service_name, position, COUNT)
    assert [raw.position for raw in found] == list(range(position + 1, COUNT + 1))
    assert told(found) == told(await parts.events.after(position, COUNT))


async def test_it_waits_at_the_head_for_what_comes(parts: Parts, service_name: str) -> None:
    waiting = asyncio.create_task(read(parts.bus, service_name, COUNT, COUNT + 2))
    await handled(parts, drop(new_id(), 2))
    assert [raw.position for raw in await waiting] == [COUNT + 1, COUNT + 2]


@pytest.mark.parametrize("position", [0, 10, 40, 45])
async def test_what_the_mirror_no_longer_holds_comes_from_its_owner(parts: Parts, service_name: str, position: int) -> None:
    await parts.bus.client.jetstream().purge_stream(stream_name(service_name), seq=41)
    found = await read(parts.bus, service_name, position, COUNT)
    assert told(found) == told(await parts.events.after(position, COUNT))


async def test_an_empty_mirror_is_bridged_by_the_owner(parts: Parts, service_name: str) -> None:
    await parts.bus.client.jetstream().purge_stream(stream_name(service_name))
    assert told(await read(parts.bus, service_name, 0, COUNT)) == told(await parts.events.after(0, COUNT))
    waiting = asyncio.create_task(read(parts.bus, service_name, 50, COUNT + 1))
    await handled(parts, drop(new_id()))
    assert [raw.position for raw in await waiting] == list(range(51, COUNT + 2))


async def test_a_mirror_that_vanishes_while_being_read_is_a_doubt(settings: Settings, parts: Parts, service_name: str) -> None:
    async with asyncio.timeout(15), aclosing(Reader(parts.bus, service_name).batches(0)) as batches:
        assert await anext(batches)
        await parts.bus.client.jetstream().delete_stream(stream_name(service_name))
        with pytest.raises(Doubt):
            await to_the_end(batches)


async def test_a_hole_in_the_mirror_is_a_doubt(settings: Settings, service_name: str) -> None:
    """Also deep inside a batch; nobody is there who would mend it."""
    async with running(toy(service_name, projects=None), settings) as parts:
        await handled(parts, *(drop(new_id(), 3) for _ in range(5)))
        await eventually(lambda: is_exact(parts, service_name))
    bus = Bus(await connect(settings, "reader"))
    await bus.client.jetstream().delete_msg(stream_name(service_name), 9)
    with pytest.raises(Doubt):
        await read(bus, service_name, 0, 15)
    await bus.client.close()


async def to_the_end(batches: AsyncIterator[list[Raw]]) -> None:
    async for _ in batches:
        pass


async def test_a_source_without_a_mirror_is_a_doubt(parts: Parts) -> None:
    with pytest.raises(Doubt):
        await read(parts.bus, "nobody", 0, 1)


async def test_the_owner_answers_page_by_page(parts: Parts, service_name: str) -> None:
    head = await parts.bus.ask(service_name, Head())
    assert (head["position"], head["epoch"]) == await parts.events.head()
    page = await parts.bus.ask(service_name, EventsAfter(position=50, limit=4))
    assert [event["position"] for event in page["events"]] == [51, 52, 53, 54]
    assert (await parts.bus.ask(service_name, EventsAfter(position=COUNT)))["events"] == []


async def test_a_whole_stream_larger_than_one_reply_is_fetched_in_pages(parts: Parts, service_name: str) -> None:
    jar, large = new_id(), "x" * 100_000
    for _ in range(12):
        await handled(parts, drop(jar, colour=large))
    page = await parts.bus.ask(service_name, StreamEvents(stream_id=f"jar-{jar}"))
    assert 0 < len(page["events"]) < 12
    assert [raw.revision for raw in await whole_stream(parts.bus, service_name, f"jar-{jar}")] == list(range(1, 13))


async def test_nobody_owns_what_nobody_serves(parts: Parts) -> None:
    with pytest.raises(Unavailable):
        await whole_stream(parts.bus, "nobody", "jar-1")
    assert not issubclass(Unavailable, RefusedElsewhere)
