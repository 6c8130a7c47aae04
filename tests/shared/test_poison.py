"""Poison parks its own stream and nothing else; a database or network that is away is never poison."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from deploy.dead import SeveralConsumers, decide_dead, list_dead
from shared.consuming import Consumer, Running
from shared.envelope import Recorded
from shared.messages import new_id
from shared.postgres import Connection
from shared.reacting import Reacting
from shared.service import Parts
from shared.settings import Settings
from tests.infrastructure.tcp_proxy import TcpProxy
from tests.shared.running import handled, logging_to, running
from tests.shared.test_consuming import has_seen, holds, marbles, seen
from tests.shared.toy.jars import EVENTS, TYPES, drop, project, react, toy
from tests.waiting import eventually


class Stomach:
    """A projection that cannot take certain positions, until it is cured."""

    def __init__(self) -> None:
        self.poison: set[int] = set()
        self.error: type[Exception] = ValueError
        self.tries = 0

    async def __call__(self, connection: Connection, batch: list[Recorded[Any]]) -> None:
        await project(connection, batch)
        if bad := {recorded.position for recorded in batch} & self.poison:
            self.tries += 1
            raise self.error(f"cannot take {bad}")


@pytest.fixture
def stomach() -> Stomach:
    return Stomach()


@pytest.fixture
async def parts(settings: Settings, service_name: str, stomach: Stomach) -> AsyncIterator[Parts]:
    async with running(toy(service_name, projects=stomach), settings) as parts:
        yield parts


async def parked(parts: Parts) -> list[int]:
    return [row["position"] for row in await parts.pool.fetch("select position from parked order by position")]


async def three_jars_in_turn(parts: Parts) -> None:
    """Positions 1, 4, 7 are the first jar's, 2, 5, 8 the second's, 3, 6, 9 the third's."""
    jars = [new_id() for _ in range(3)]
    for _ in range(3):
        for jar in jars:
            await handled(parts, drop(jar))


@pytest.mark.parametrize(("bad", "kept"), [(1, [1, 4, 7]), (5, [5, 8]), (9, [9])], ids=["first", "middle", "last"])
async def test_only_its_stream_waits_behind_it(parts: Parts, stomach: Stomach, bad: int, kept: list[int]) -> None:
    stomach.poison = {bad}
    await three_jars_in_turn(parts)
    await eventually(lambda: _is_parked(parts, kept))
    await eventually(lambda: has_seen(parts, 9 - len(kept)))
    assert await seen(parts) == [n for n in range(1, 10) if n not in kept]
    assert stomach.tries >= 3, "it was tried again before it was given up"
    [error, *behind] = [row["error"] for row in await parts.pool.fetch("select error from parked order by position")]
    assert "cannot take" in error
    assert set(behind) <= {"behind a parked event"}


async def _is_parked(parts: Parts, positions: list[int]) -> bool:
    return await parked(parts) == positions


async def test_when_cured_an_operator_replays_all_that_waited(parts: Parts, stomach: Stomach, settings: Settings) -> None:
    service = parts.health.service
    stomach.poison = {2}
    await three_jars_in_turn(parts)
    await eventually(lambda: _is_parked(parts, [2, 5, 8]))
    stomach.poison = set()
    [oldest, *_] = await list_dead(settings, service)
    assert await decide_dead(settings, service, oldest["stream_id"], "replay", "the bug is fixed") == 3
    await eventually(lambda: _is_parked(parts, []))
    assert await seen(parts) == list(range(1, 10))


async def test_what_is_replayed_too_early_stays_parked(parts: Parts, stomach: Stomach, settings: Settings) -> None:
    service = parts.health.service
    stomach.poison = {2}
    await three_jars_in_turn(parts)
    await eventually(lambda: _is_parked(parts, [2, 5, 8]))
    [oldest, *_] = await list_dead(settings, service)
    tries = stomach.tries
    await decide_dead(settings, service, oldest["stream_id"], "replay", None)
    await eventually(lambda: stomach.tries > tries)
    await handled(parts, drop(new_id()))
    await eventually(lambda: has_seen(parts, 7))
    assert await parked(parts) == [2, 5, 8]


async def test_skipping_gives_up_one_event_and_the_rest_follows(parts: Parts, stomach: Stomach, settings: Settings) -> None:
    service = parts.health.service
    stomach.poison = {2}
    await three_jars_in_turn(parts)
    await eventually(lambda: _is_parked(parts, [2, 5, 8]))
    [oldest, *_] = await list_dead(settings, service)
    await decide_dead(settings, service, oldest["stream_id"], "skip", "lost for good")
    await eventually(lambda: _is_parked(parts, []))
    assert await seen(parts) == [1, 3, 4, 5, 6, 7, 8, 9]


async def test_what_waits_at_two_consumers_is_given_up_at_one(parts: Parts, settings: Settings) -> None:
    service, jar = parts.health.service, f"jar-{new_id()}"
    for consumer, position in (("policy", 4), ("policy", 7), ("projection", 7)):
        await parts.pool.execute("insert into parked values ($1, $2, $3, '', 'bad')", consumer, position, jar)
    with pytest.raises(SeveralConsumers, match="policy and projection"):
        await decide_dead(settings, service, jar, "skip", "lost for good")
    assert {row["wanted"] for row in await list_dead(settings, service)} == {None}
    assert await decide_dead(settings, service, jar, "skip", "lost for good", "policy") == 2
    wanted = [(row["consumer"], row["position"], row["wanted"]) for row in await list_dead(settings, service)]
    assert wanted == [("policy", 4, "skip"), ("policy", 7, "replay"), ("projection", 7, None)]


async def test_an_operator_is_heard_under_constant_traffic(parts: Parts, stomach: Stomach, settings: Settings) -> None:
    service = parts.health.service
    stomach.poison = {1}
    await handled(parts, drop(new_id()))
    await eventually(lambda: _is_parked(parts, [1]))
    traffic = asyncio.create_task(_drop_for_ever(parts))
    stomach.poison = set()
    [oldest] = await list_dead(settings, service)
    await decide_dead(settings, service, oldest["stream_id"], "replay", None)
    try:
        await eventually(lambda: _is_parked(parts, []))
    finally:
        traffic.cancel()
        await asyncio.gather(traffic, return_exceptions=True)


async def _drop_for_ever(parts: Parts) -> None:
    while True:
        await handled(parts, drop(new_id()))


async def test_parked_events_outlive_a_restart(settings: Settings, service_name: str, stomach: Stomach) -> None:
    stomach.poison = {2}
    async with running(toy(service_name, projects=stomach), settings) as parts:
        await three_jars_in_turn(parts)
        await eventually(lambda: _is_parked(parts, [2, 5, 8]))
        [row] = await parts.pool.fetch("select stream_id from events where position = 2")
    async with running(toy(service_name, projects=stomach), settings) as parts:
        await handled(parts, drop(row["stream_id"].removeprefix("jar-")), drop(new_id()))
        await eventually(lambda: has_seen(parts, 7))
        assert 2 in await parked(parts)
        assert len(await parked(parts)) == 4


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError, asyncpg.DiskFullError,
     asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError, asyncpg.DeadlockDetectedError,
     asyncpg.ReadOnlySQLTransactionError],
)  # fmt: skip
async def test_a_database_that_is_in_trouble_is_not_poison(parts: Parts, stomach: Stomach, error: type[Exception]) -> None:
    stomach.poison, stomach.error = {2}, error
    await handled(parts, drop(new_id(), 3))
    await eventually(lambda: stomach.tries >= 5)
    assert await parked(parts) == []
    stomach.poison = set()
    await eventually(lambda: has_seen(parts, 3))
    assert await seen(parts) == [1, 2, 3]


async def test_a_policy_that_cannot_write_waits(settings: Settings, service_name: str) -> None:
    """The follower's consumer has its database; the log its commands go to has not."""
    follower, heard = f"{service_name}_follower", []

    async def count(_: Connection, recorded: Recorded[Any]) -> None:
        heard.append(recorded.position)

    async with TcpProxy.before(settings.database_url.get_secret_value()) as proxy:
        through = Settings.model_validate(settings.model_dump() | {"database_url": proxy.url, "secret": settings.secret})
        async with running(toy(service_name), settings) as parts, logging_to(through, toy(follower)) as (events, handler):
            proxy.refuse()
            proxy.reset()
            consumer = Consumer(f"{follower}_policy", service_name, EVENTS, TYPES, Reacting(react, count, handler))
            task = asyncio.create_task(Running(parts.pool, parts.feeds, parts.locks, consumer).run())
            await handled(parts, *(drop(new_id()) for _ in range(5)))
            await eventually(lambda: heard.count(1) >= 5)
            assert await parked(parts) == []
            proxy.heal()
            await eventually(lambda: _head_is(events, 5))
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _head_is(events: Any, position: int) -> bool:
    return bool((await events.head())[0] == position)


async def test_a_refused_reaction_is_not_poison(settings: Settings, service_name: str) -> None:
    """The follower's jar is broken already: the rules say no, and the next event follows."""
    follower = f"{service_name}_follower"
    async with running(toy(service_name), settings) as parts, running(toy(follower, follows=service_name), settings) as there:
        jar = new_id()
        await handled(there, drop(jar, 1000))
        await handled(parts, drop(jar), drop(new_id()))
        await eventually(lambda: holds(there, 1001))
        assert await marbles(there) == 1001
        assert await parked(there) == []
