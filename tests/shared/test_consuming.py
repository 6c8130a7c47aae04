"""Consumers: each event has its effect exactly once, whatever dies, doubles or splits."""

import asyncio
from typing import Any

import pytest

from shared.consuming import Consumer, Running
from shared.crash import crash_point
from shared.envelope import Recorded
from shared.locks import Locks
from shared.messages import new_id
from shared.mirror import stream_name
from shared.postgres import Connection
from shared.service import Parts
from shared.settings import Settings
from tests.shared.conftest import Begin
from tests.shared.running import CRASHED, handled, running
from tests.shared.test_relay import is_exact
from tests.shared.toy.jars import EVENTS, TYPES, drop, project, toy
from tests.waiting import eventually


async def seen(parts: Parts) -> list[int]:
    """Every effect there was, in order of position; an effect twice would be here twice."""
    return [row["position"] for row in await parts.pool.fetch("select position from seen order by position")]


async def has_seen(parts: Parts, count: int) -> bool:
    return len(await seen(parts)) >= count


async def marbles(parts: Parts) -> int:
    """In all jars, by this service's own log."""
    found: int = await parts.pool.fetchval("select count(*) from events where type = 'marble_dropped'")
    return found


async def holds(parts: Parts, count: int) -> bool:
    return await marbles(parts) >= count


async def test_many_events_cost_few_transactions(settings: Settings, service_name: str) -> None:
    batches: list[int] = []

    async def count(connection: Connection, batch: list[Recorded[Any]]) -> None:
        batches.append(len(batch))
        await project(connection, batch)

    async with running(toy(service_name, projects=None), settings) as parts:
        await handled(parts, *(drop(new_id(), 10) for _ in range(100)))
        await eventually(lambda: is_exact(parts, service_name))
    async with running(toy(service_name, projects=count), settings) as parts:
        await eventually(lambda: has_seen(parts, 1000))
        assert await seen(parts) == list(range(1, 1001))
        assert len(batches) < 100


async def test_what_it_does_not_listen_to_moves_its_position_only(settings: Settings, service_name: str) -> None:
    consumer = Consumer(f"{service_name}_deaf", service_name, EVENTS, frozenset(), project)
    async with running(toy(service_name, projects=None), settings) as parts:
        task = asyncio.create_task(Running(parts.pool, parts.feeds, parts.locks, consumer).run())
        await handled(parts, drop(new_id(), 5))
        await eventually(lambda: _position(parts, consumer.name, 5))
        assert await seen(parts) == []
        await _stop(task)


async def _position(parts: Parts, consumer: str, wanted: int) -> bool:
    return bool(await parts.pool.fetchval("select position = $2 from positions where consumer = $1", consumer, wanted))


async def _stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_two_that_both_believe_to_be_active_have_each_effect_once(settings: Settings, service_name: str) -> None:
    """After a network split both hold "the" lock; the position in the database lets only one of them through."""
    consumer = Consumer(f"{service_name}_split", service_name, EVENTS, TYPES, project)
    async with running(toy(service_name, projects=None), settings) as parts:
        locks = [Locks(settings, f"{service_name}_{side}") for side in ("left", "right")]
        tasks = [asyncio.create_task(Running(parts.pool, parts.feeds, lock, consumer).run()) for lock in locks]
        for _ in range(30):
            await handled(parts, *(drop(new_id(), 2) for _ in range(5)))
        await eventually(lambda: has_seen(parts, 300))
        assert await seen(parts) == list(range(1, 301))
        await _stop(*tasks)
        for lock in locks:
            await lock.close()


async def test_another_instance_takes_over_and_goes_on_where_the_first_was(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as staying:
        async with running(toy(service_name), settings) as going:
            await handled(going, *(drop(new_id()) for _ in range(20)))
            await eventually(lambda: has_seen(going, 20))
        await handled(staying, *(drop(new_id()) for _ in range(20)))
        await eventually(lambda: has_seen(staying, 40))
        assert await seen(staying) == list(range(1, 41))


@pytest.mark.parametrize("crash_at", ["consumer_before_commit:3", "consumer_after_commit:3"])
async def test_killed_at_its_commit(settings: Settings, service_name: str, begin: Begin, crash_at: str) -> None:
    doomed = await begin(service_name, crash_at=crash_at)
    async with running(toy(f"{service_name}_client", projects=None), settings) as client:

        async def ask_until_it_dies() -> None:
            while True:
                await client.bus.ask(service_name, drop(new_id()))

        asking = asyncio.create_task(ask_until_it_dies())
        assert await doomed.ended() == CRASHED
        await _stop(asking)
    async with running(toy(service_name), settings) as again:
        await handled(again, drop(new_id()))
        head, _ = await again.events.head()
        await eventually(lambda: has_seen(again, head))
        assert await seen(again) == list(range(1, head + 1))


async def test_a_policy_repeats_nothing(settings: Settings, service_name: str) -> None:
    """The follower hears all of it again from the start: every reaction is recognised as one that has happened."""
    follower = f"{service_name}_follower"
    async with running(toy(service_name), settings) as parts:
        async with running(toy(follower, follows=service_name), settings) as there:
            await handled(parts, *(drop(new_id(), 4) for _ in range(10)))
            await eventually(lambda: holds(there, 40))
            await there.pool.execute(f"delete from {follower}.positions")
        async with running(toy(follower, follows=service_name), settings) as there:
            await handled(parts, drop(new_id()))
            await eventually(lambda: holds(there, 41))
            assert await marbles(there) == 41


@pytest.mark.parametrize("crash_at", ["append_before_commit:5", "append_after_commit:5", "command_before_reply:5"])
async def test_a_policy_killed_in_the_middle_of_its_reaction(
    settings: Settings, service_name: str, begin: Begin, crash_at: str
) -> None:
    follower = f"{service_name}_follower"
    async with running(toy(service_name), settings) as parts:
        doomed = await begin(follower, follows=service_name, crash_at=crash_at)
        dropping = asyncio.create_task(_drop_for_ever(parts))
        assert await doomed.ended() == CRASHED
        await _stop(dropping)
        async with running(toy(follower, follows=service_name), settings) as there:
            head, _ = await parts.events.head()
            await eventually(lambda: holds(there, head))
            assert await marbles(there) == head


async def _drop_for_ever(parts: Parts) -> None:
    while True:
        await handled(parts, drop(new_id()))


async def test_the_mirror_is_taken_away_while_it_reads(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(new_id()) for _ in range(10)))
        await eventually(lambda: has_seen(parts, 10))
        await parts.bus.client.jetstream().delete_stream(stream_name(service_name))
        await handled(parts, *(drop(new_id()) for _ in range(10)))
        await eventually(lambda: has_seen(parts, 20))
        assert await seen(parts) == list(range(1, 21))


def test_a_crash_point_nobody_asked_for_is_passed() -> None:
    crash_point("relay_mid_batch")
