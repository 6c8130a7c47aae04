"""Read models are disposable: made again from the log, they are the same, also while the log grows."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from deploy.audit.views import audit_views, digests
from deploy.dead import decide_dead, list_dead
from shared.envelope import Recorded
from shared.messages import new_id
from shared.ops import STANDS_STILL
from shared.postgres import Connection
from shared.readmodel import rebuild
from shared.service import Parts
from shared.settings import Settings
from tests.shared.running import handled, running
from tests.shared.test_consuming import has_seen, seen
from tests.shared.test_poison import Stomach
from tests.shared.toy.jars import break_jar, drop, project, toy
from tests.waiting import eventually


async def checksums(parts: Parts) -> dict[str, str]:
    async with parts.pool.acquire() as connection:
        return await digests(connection, f"{parts.health.service}_views")


async def has_seen_all(parts: Parts) -> bool:
    return await has_seen(parts, (await parts.events.head())[0])


async def fill(parts: Parts, count: int) -> None:
    jars = [new_id() for _ in range(5)]
    for n in range(count):
        await handled(parts, drop(jars[n % 5], 2))
    await handled(parts, break_jar(jars[0]))
    await eventually(lambda: has_seen_all(parts))


async def test_made_again_it_is_the_same(settings: Settings, service_name: str) -> None:
    service = toy(service_name)
    async with running(service, settings) as parts:
        await fill(parts, 50)
        before = await checksums(parts)
        assert await rebuild(parts.pool, service, parts.bus) == {service_name: 101}
        assert await checksums(parts) == before
        await handled(parts, drop(new_id()))
        await eventually(lambda: has_seen(parts, 102))
        assert await seen(parts) == list(range(1, 103))


async def test_made_again_while_people_go_on(settings: Settings, service_name: str) -> None:
    service = toy(service_name)
    async with running(service, settings) as parts:
        await fill(parts, 20)
        done = asyncio.Event()

        async def go_on() -> None:
            while not done.is_set():
                await handled(parts, drop(new_id()), drop(new_id()))
                await eventually(lambda: has_seen_all(parts))

        async def look_on() -> None:
            """No reader sees the view go back."""
            newest = 0
            while not done.is_set():
                position = await parts.pool.fetchval("select position from positions")
                assert position >= newest
                newest = position

        people = [asyncio.create_task(go_on()), asyncio.create_task(look_on())]
        for _ in range(5):
            await rebuild(parts.pool, service, parts.bus)
        done.set()
        await asyncio.gather(*people)
        head, _ = await parts.events.head()
        await eventually(lambda: has_seen(parts, head))
        assert await seen(parts) == list(range(1, head + 1))
        assert await audit_views(parts.pool, service) == []
        assert await parts.pool.fetch("select * from parked") == []


async def test_it_ends_also_when_events_come_as_fast_as_they_are_folded(settings: Settings, service_name: str) -> None:
    """Every batch that is folded has made another event by then: there is always one more."""
    busy = True

    async def never_done(connection: Connection, batch: list[Recorded[Any]]) -> None:
        await project(connection, batch)
        if busy:
            await handled(parts, drop(new_id()))

    service = toy(service_name, projects=never_done)
    async with running(service, settings) as parts:
        await handled(parts, drop(new_id()))
        await eventually(lambda: has_seen(parts, 10))
        async with asyncio.timeout(20):
            await rebuild(parts.pool, service, parts.bus)
        busy = False
        await eventually(lambda: has_seen_all(parts))
        head, _ = await parts.events.head()
        assert await seen(parts) == list(range(1, head + 1))


async def test_another_schema_is_noticed_at_the_next_start(settings: Settings, service_name: str, tmp_path: Path) -> None:
    old = toy(service_name)
    async with running(old, settings) as parts:
        await fill(parts, 10)
    schema = (old.folder / "schema.sql").read_text()
    (tmp_path / "schema.sql").write_text(schema + "create index seen_jar on seen (jar_id);\n")
    new = replace(old, folder=tmp_path)
    async with running(new, settings) as parts:
        assert await parts.pool.fetchval("select to_regclass('seen_jar')") is not None
        assert await parts.pool.fetchval("select version from model") == new.model_version() != old.model_version()
        await handled(parts, drop(new_id()))
        await eventually(lambda: has_seen(parts, 22))
        assert await seen(parts) == list(range(1, 23))


async def test_an_unchanged_schema_is_left_alone(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        await fill(parts, 5)
        oid = await parts.pool.fetchval("select 'seen'::regclass::oid")
    async with running(toy(service_name), settings) as parts:
        assert await parts.pool.fetchval("select 'seen'::regclass::oid") == oid


async def project_otherwise(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """What a newer version makes of the same events, in tables of the same shape."""
    await project(connection, batch)
    positions = [recorded.position for recorded in batch]
    await connection.execute("update seen set type = 'newer' where position = any($1)", positions)


async def test_another_fold_makes_it_anew_and_an_older_instance_writes_no_more(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as older:
        await fill(older, 5)
        older.health.ready = True
        assert await older.health.degraded() == []
        async with running(toy(service_name, projects=project_otherwise), settings) as newer:
            assert await older.health.degraded() == [STANDS_STILL.format(service_name)]
            await handled(older, drop(new_id()), drop(new_id()))
            await eventually(lambda: has_seen(newer, 13))
            assert await newer.health.degraded() == []
            assert await newer.pool.fetchval("select array_agg(distinct type) from seen") == ["newer"]
            assert await seen(newer) == list(range(1, 14))


async def test_the_auditor_sees_a_row_that_is_wrong(settings: Settings, service_name: str) -> None:
    service = toy(service_name)
    async with running(service, settings) as parts:
        await fill(parts, 5)
        assert await audit_views(parts.pool, service) == []
        await parts.pool.execute("update jars set marbles = marbles + 1 where not broken")
        assert await audit_views(parts.pool, service) == [f"{service_name}: the view jars is not the fold of the log"]


async def parked(parts: Parts) -> dict[int, str]:
    return {row["position"]: row["error"] for row in await parts.pool.fetch("select position, error from parked order by 1")}


async def test_what_cannot_be_folded_is_parked_with_its_stream(settings: Settings, service_name: str) -> None:
    stomach = Stomach()
    service = toy(service_name, projects=stomach)
    bad, good = new_id(), new_id()
    async with running(service, settings) as parts:
        for jar in (bad, good, bad, good):
            await handled(parts, drop(jar))
        await eventually(lambda: has_seen(parts, 4))
        stomach.poison = {1}
        await rebuild(parts.pool, service, parts.bus)
        assert await seen(parts) == [2, 4]
        assert list(await parked(parts)) == [1, 3]
        assert [row["position"] for row in await list_dead(settings, service_name)] == [1, 3]
        await handled(parts, drop(bad), drop(good))
        await eventually(lambda: parts.pool.fetchval("select count(*) = 3 from parked where stream_id = $1", f"jar-{bad}"))
        await eventually(lambda: has_seen(parts, 3))
        assert await audit_views(parts.pool, service) == []
        stomach.poison = set()
        await decide_dead(settings, service_name, f"jar-{bad}", "replay", None)
        await eventually(lambda: has_seen_all(parts))
        assert await seen(parts) == list(range(1, 7))
        assert await parked(parts) == {}


async def test_what_was_parked_and_still_cannot_be_folded_stays_parked(settings: Settings, service_name: str) -> None:
    stomach = Stomach()
    service = toy(service_name, projects=stomach)
    async with running(service, settings) as parts:
        stomach.poison = {1}
        await handled(parts, drop(new_id(), 2))
        await handled(parts, drop(new_id()))
        await eventually(lambda: parts.pool.fetchval("select count(*) = 2 from parked"))
        await rebuild(parts.pool, service, parts.bus)
        assert await parked(parts) == {1: "ValueError('cannot take {1}')", 2: "behind a parked event"}
        assert await seen(parts) == [3]


async def test_made_again_after_the_cure_nothing_stays_parked(settings: Settings, service_name: str) -> None:
    """The new read model has folded what was parked; to replay it would be to have it twice."""
    stomach = Stomach()
    service = toy(service_name, projects=stomach)
    async with running(service, settings) as parts:
        stomach.poison = {1}
        jar = new_id()
        await handled(parts, drop(jar, 2))
        await eventually(lambda: parts.pool.fetch("select * from parked where position = 2"))
        stomach.poison = set()
        await rebuild(parts.pool, service, parts.bus)
        await handled(parts, drop(jar))
        await eventually(lambda: has_seen(parts, 3))
        assert await seen(parts) == [1, 2, 3]
        assert await parts.pool.fetch("select * from parked") == []
