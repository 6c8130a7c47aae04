"""A restored log and a mirror that knows more: the owner notices before it answers, consumers do not read before it has."""

from deploy.audit.positions import audit_positions
from deploy.audit.views import audit_views
from shared.messages import new_id
from shared.mirror import stream_name
from shared.ops import STANDS_STILL
from shared.readmodel import rebuild
from shared.service import Parts
from shared.settings import Settings
from tests.shared.running import handled, running
from tests.shared.test_consuming import has_seen, marbles, seen
from tests.shared.test_relay import is_exact
from tests.shared.toy.jars import drop, toy
from tests.waiting import eventually


async def put_back(parts: Parts, position: int) -> None:
    """As a dump taken at that position does, to this log alone."""
    await parts.pool.execute("delete from events where position > $1", position)
    await parts.pool.execute("update log_head set position = $1", position)


async def fill(parts: Parts, service_name: str, count: int) -> str:
    """The epoch in which all of it is mirrored and seen."""
    await handled(parts, *(drop(new_id()) for _ in range(count)))
    await eventually(lambda: is_exact(parts, service_name))
    await eventually(lambda: has_seen(parts, count))
    return (await parts.events.head())[1]


async def test_it_answers_under_a_new_epoch_from_the_first(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        before = await fill(parts, service_name, 10)
        await put_back(parts, 4)
    async with running(toy(service_name), settings) as parts:
        assert (await parts.events.head())[1] != before
        await eventually(lambda: is_exact(parts, service_name))


async def test_also_when_the_mirror_is_gone_meanwhile(settings: Settings, service_name: str) -> None:
    """Database and store from another day: nothing tells whether clients' positions mean the same."""
    async with running(toy(service_name), settings) as parts:
        before = await fill(parts, service_name, 5)
    async with running(toy(f"{service_name}_client", projects=None), settings) as client:
        await client.bus.client.jetstream().delete_stream(stream_name(service_name))
    async with running(toy(service_name), settings) as parts:
        assert (await parts.events.head())[1] != before


async def test_a_restart_alone_changes_nothing(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        before = await fill(parts, service_name, 5)
    async with running(toy(service_name), settings) as parts:
        assert (await parts.events.head())[1] == before


async def test_a_projection_ahead_of_the_log_is_made_anew(settings: Settings, service_name: str) -> None:
    """To go on at its own position would be to miss what stands there now."""
    service = toy(service_name)
    async with running(service, settings) as parts:
        await fill(parts, service_name, 5)
        await put_back(parts, 3)
    async with running(service, settings) as parts:
        await eventually(lambda: parts.pool.fetchval("select version = 'ahead of the log' from model"))
        name = f"{service_name}_projection_{service_name}"
        assert await audit_positions(parts.pool, service) == [f"{service_name}: {name} is at 5, but {service_name} ends at 3"]
        await handled(parts, *(drop(new_id()) for _ in range(3)))
        await eventually(lambda: is_exact(parts, service_name))
    async with running(service, settings) as parts:
        await handled(parts, drop(new_id()))
        await eventually(lambda: has_seen(parts, 7))
        assert await seen(parts) == [1, 2, 3, 4, 5, 6, 7]
        assert await audit_views(parts.pool, service) == []


async def test_until_then_it_waits_for_the_operator_and_says_so(settings: Settings, service_name: str) -> None:
    service = toy(service_name)
    async with running(service, settings) as parts:
        await fill(parts, service_name, 5)
        await put_back(parts, 3)
    async with running(service, settings) as parts:
        await eventually(lambda: degraded(parts, [STANDS_STILL.format(service_name)]))
        await rebuild(parts.pool, service, parts.bus)
        await handled(parts, drop(new_id()))
        await eventually(lambda: has_seen(parts, 4))
        assert await degraded(parts, [])


async def degraded(parts: Parts, expected: list[str]) -> bool:
    return await parts.health.degraded() == expected


async def test_a_policy_ahead_of_the_log_goes_on_where_the_log_does(settings: Settings, service_name: str) -> None:
    follower = toy(f"{service_name}_follower", follows=service_name)
    async with running(toy(service_name), settings) as parts:
        async with running(follower, settings) as there:
            await fill(parts, service_name, 5)
            await eventually(lambda: stands(there, 5))
        await put_back(parts, 3)
    async with running(toy(service_name), settings) as parts, running(follower, settings) as there:
        await eventually(lambda: stands(there, 3))
        await handled(parts, *(drop(new_id()) for _ in range(3)))
        await eventually(lambda: stands(there, 6))
        assert await marbles(there) == 5 + 3


async def test_a_hole_in_the_mirror_is_noticed_and_mended(settings: Settings, service_name: str) -> None:
    follower = toy(f"{service_name}_follower", follows=service_name)
    async with running(toy(service_name), settings) as parts:
        before = await fill(parts, service_name, 10)
        await parts.bus.client.jetstream().delete_msg(stream_name(service_name), 5)
        async with running(follower, settings) as there:
            await eventually(lambda: stands(there, 10))
            assert await marbles(there) == 10
        await eventually(lambda: is_exact(parts, service_name))
        assert (await parts.events.head())[1] != before


async def test_a_log_put_back_under_a_running_follower_is_noticed(settings: Settings, service_name: str) -> None:
    follower = toy(f"{service_name}_follower", follows=service_name)
    async with running(toy(service_name), settings) as parts, running(follower, settings) as there:
        await fill(parts, service_name, 5)
        await eventually(lambda: stands(there, 5))
        await put_back(parts, 3)
        await eventually(lambda: stands(there, 3))


async def stands(follower: Parts, position: int) -> bool:
    """Whether its policy has come there."""
    return bool(await follower.pool.fetchval(f"select position = $1 from {follower.health.service}.positions", position))
