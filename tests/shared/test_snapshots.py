"""Snapshots of long streams: used, disposable, never the truth."""

from dataclasses import dataclass, replace

import orjson
import pytest

from shared.messages import new_id
from shared.settings import Settings
from shared.snapshots import load_snapshot, save_snapshot
from tests.shared.running import logging_to, trail
from tests.shared.toy.jars import DECIDER, Jar, JarIsFull, drop, toy

KEPT = replace(DECIDER, state=Jar, snapshot_every=10)


async def fill(settings: Settings, name: str, jar: str, marbles: int) -> None:
    async with logging_to(settings, toy(name, decider=KEPT)) as (_, handler):
        for _ in range(marbles):
            await handler.handle(drop(jar), trail())


async def test_a_long_stream_is_kept_every_so_often(settings: Settings, service_name: str) -> None:
    jar = new_id()
    await fill(settings, service_name, jar, 27)
    async with logging_to(settings, toy(service_name)) as (events, _):
        [row] = await events.pool.fetch("select * from snapshots")
        assert (row["stream_id"], row["revision"]) == (f"jar-{jar}", 20)
        assert orjson.loads(row["state"]) == {"marbles": 20, "broken": False}


@dataclass
class Shelf:
    """What stands on it, from left to right."""

    things: dict[str, int]


async def test_what_a_state_holds_in_order_comes_back_in_order(settings: Settings, service_name: str) -> None:
    shelves = replace(DECIDER, state=Shelf)
    async with logging_to(settings, toy(service_name)) as (events, _):
        await save_snapshot(events.pool, shelves, "shelf-1", 200, Shelf({"long": 1, "b": 2, "a": 3}))
        found = await load_snapshot(events.pool, shelves, "shelf-1")
    assert found is not None
    assert list(found[0].things) == ["long", "b", "a"]


async def test_the_next_start_goes_on_from_it(settings: Settings, service_name: str) -> None:
    """What the snapshot says is believed: that shows it was read."""
    jar = new_id()
    await fill(settings, service_name, jar, 20)
    async with logging_to(settings, toy(service_name, decider=KEPT)) as (events, handler):
        await events.pool.execute("update snapshots set state = $1", '{"marbles": 1000, "broken": false}')
        with pytest.raises(JarIsFull):
            await handler.handle(drop(jar), trail())


@pytest.mark.parametrize(
    "spoil",
    [
        "delete from snapshots",
        'update snapshots set version = 0, state = to_jsonb(\'{"marbles": 1000, "broken": false}\'::text)',
        'update snapshots set state = to_jsonb(\'{"marbles": "many"}\'::text)',
        'update snapshots set state = \'{"marbles": 1000, "broken": false}\'',
    ],
    ids=["lost", "of another version", "unreadable", "as it was kept once"],
)
async def test_without_a_sound_one_the_log_tells(settings: Settings, service_name: str, spoil: str) -> None:
    jar = new_id()
    await fill(settings, service_name, jar, 25)
    async with logging_to(settings, toy(service_name, decider=KEPT)) as (events, handler):
        await events.pool.execute(spoil)
        assert await handler.handle(drop(jar, 3), trail()) == 28
        revisions = [raw.revision for raw in await events.stream(f"jar-{jar}")]
        assert revisions == list(range(1, 29))


async def test_a_snapshot_never_goes_back(settings: Settings, service_name: str) -> None:
    """Two instances write it; the newer one stays."""
    jar = new_id()
    async with (
        logging_to(settings, toy(service_name, decider=KEPT)) as (events, here),
        logging_to(settings, toy(service_name, decider=KEPT)) as (_, there),
    ):
        for n in range(45):
            await (here if n % 2 else there).handle(drop(jar), trail())
        assert await events.pool.fetchval("select revision from snapshots") == 40
