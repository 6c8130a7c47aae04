"""Timers: durable, fired once."""

from datetime import timedelta

from shared.clock import now
from shared.messages import Command, new_id
from shared.service import Parts
from shared.settings import Settings
from shared.timers import clear_timer, set_timer
from tests.shared.conftest import Begin
from tests.shared.running import CRASHED, handled, running
from tests.shared.toy.jars import break_jar, drop, toy
from tests.waiting import eventually

AGO, SOON, LATER = timedelta(seconds=-1), timedelta(milliseconds=300), timedelta(hours=1)


async def set_off(parts: Parts, timer_id: str, due_in: timedelta, command: Command, cause: str | None = None) -> None:
    async with parts.pool.acquire() as connection:
        await set_timer(connection, timer_id, now() + due_in, command, cause or new_id())


async def left(parts: Parts) -> list[str]:
    return [row["timer_id"] for row in await parts.pool.fetch("select timer_id from timers order by timer_id")]


async def nothing_left(parts: Parts, *but: str) -> bool:
    return await left(parts) == [*but]


async def happened(parts: Parts, jar_id: str) -> list[str]:
    return [raw.type for raw in await parts.events.stream(f"jar-{jar_id}")]


async def test_it_fires_when_due_and_says_what_it_follows_from(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        jar, cause, before = new_id(), new_id(), now()
        await set_off(parts, "break", SOON, break_jar(jar), cause)
        await eventually(lambda: nothing_left(parts))
        [raw] = await parts.events.stream(f"jar-{jar}")
        assert (raw.type, raw.causation_id) == ("jar_broken", cause)
        assert raw.recorded_at >= before + SOON


async def test_two_instances_fire_each_timer_once(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as one, running(toy(service_name), settings):
        jars = [new_id() for _ in range(40)]
        for jar in jars:
            await set_off(one, jar, AGO, drop(jar))
        await eventually(lambda: nothing_left(one))
        assert [await happened(one, jar) for jar in jars] == [["marble_dropped"]] * len(jars)


async def test_a_cleared_or_later_one_does_not_fire(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        cleared, moved, due = new_id(), new_id(), new_id()
        async with parts.pool.acquire() as connection, connection.transaction():
            await set_timer(connection, "cleared", now() + AGO, break_jar(cleared), new_id())
            await clear_timer(connection, "cleared")
            await set_timer(connection, "moved", now() + AGO, break_jar(moved), new_id())
            await set_timer(connection, "moved", now() + LATER, break_jar(moved), new_id())
        await set_off(parts, "due", AGO, break_jar(due))
        await eventually(lambda: nothing_left(parts, "moved"))
        assert await happened(parts, due) == ["jar_broken"]
        assert await happened(parts, cleared) == await happened(parts, moved) == []


async def test_what_the_rules_refuse_by_then_is_void(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        jar = new_id()
        await handled(parts, break_jar(jar))
        await set_off(parts, "again", AGO, break_jar(jar))
        await eventually(lambda: nothing_left(parts))
        assert await happened(parts, jar) == ["jar_broken"]


async def test_killed_after_its_effect_it_has_no_second_one(settings: Settings, service_name: str, begin: Begin) -> None:
    jar = new_id()
    async with running(toy(service_name, timers=False), settings) as parts:
        await set_off(parts, "break", AGO, drop(jar))
    doomed = await begin(service_name, crash_at="append_after_commit", wait=False)
    assert await doomed.ended() == CRASHED
    async with running(toy(service_name), settings) as parts:
        await eventually(lambda: nothing_left(parts))
        assert await happened(parts, jar) == ["marble_dropped"]


async def test_one_that_cannot_be_read_does_not_hold_up_the_others(settings: Settings, service_name: str) -> None:
    """A command of an older version, say."""
    async with running(toy(service_name), settings) as parts:
        jar = new_id()
        await set_off(parts, "broken", LATER, break_jar(new_id()))
        await parts.pool.execute("update timers set command = $1, due_at = $2", {"type": "sing"}, now() + 2 * AGO)
        await set_off(parts, "sound", AGO, break_jar(jar))
        await eventually(lambda: nothing_left(parts, "broken"))
        assert await happened(parts, jar) == ["jar_broken"]


async def test_many_due_at_once_all_fire_in_order(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        jar = new_id()
        async with parts.pool.acquire() as connection, connection.transaction():
            for n in range(30):
                due = now() - timedelta(seconds=100 - n)
                await set_timer(connection, f"{n:02}", due, drop(jar, colour=f"{n:02}"), new_id())
        await eventually(lambda: nothing_left(parts))
        colours = [raw.body for raw in await parts.events.stream(f"jar-{jar}")]
        assert len(colours) == 30
        assert colours == sorted(colours, key=lambda body: body.split(b'"colour": "')[1][:2])
