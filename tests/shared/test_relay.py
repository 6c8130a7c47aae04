"""The mirror: sequence = position with the same id, whatever happens to the relay or the stream."""

import asyncio
from contextlib import AsyncExitStack, suppress

import pytest
from nats.js.errors import NotFoundError

from shared.agreement import agree
from shared.bus import Bus, connect
from shared.envelope import from_wire
from shared.locks import Locks
from shared.messages import new_id
from shared.mirror import find_stream, stream_name
from shared.relay import Relay
from shared.service import Parts
from shared.settings import Settings
from tests.shared.conftest import Begin
from tests.shared.running import CRASHED, handled, logging_to, running, trail
from tests.shared.toy.jars import drop, toy
from tests.waiting import eventually


async def mirrored(bus: Bus, service: str) -> list[tuple[int, int, str]]:
    """Sequence, position and id of everything in the mirror."""
    js = bus.client.jetstream()
    info = await find_stream(js, service)
    if info is None or info.state.messages == 0:
        return []
    found = []
    with suppress(NotFoundError, ValueError):  # being replaced right now, or not an event: not exact, anyway
        for sequence in range(info.state.first_seq, info.state.last_seq + 1):
            message = await js.get_msg(stream_name(service), seq=sequence)
            raw = from_wire(message.data or b"")
            found.append((sequence, raw.position, raw.event_id))
    return found


async def logged(parts: Parts) -> list[tuple[int, int, str]]:
    return [(raw.position, raw.position, raw.event_id) for raw in await parts.events.after(0, 10_000)]


async def is_exact(parts: Parts, service: str) -> bool:
    return await mirrored(parts.bus, service) == await logged(parts)


async def last_sequence(parts: Parts, service: str) -> int:
    info = await find_stream(parts.bus.client.jetstream(), service)
    return info.state.last_seq if info else 0


async def epoch_of_stream(parts: Parts, service: str) -> str:
    info = await find_stream(parts.bus.client.jetstream(), service)
    return (info.config.metadata or {})["epoch"] if info else ""


def jars(count: int) -> list[str]:
    return [new_id() for _ in range(count)]


async def test_what_is_committed_is_mirrored_at_its_position(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar, 3) for jar in jars(20)))
        await eventually(lambda: is_exact(parts, service_name))
        assert await last_sequence(parts, service_name) == 60


async def test_a_relay_that_starts_late_fills_in_what_is_missing(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(5)))
        await eventually(lambda: is_exact(parts, service_name))
        await parts.bus.client.jetstream().purge_stream(stream_name(service_name), seq=3)
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(5)))
        await eventually(lambda: _reaches(parts, service_name, 10))
        assert await mirrored(parts.bus, service_name) == (await logged(parts))[2:]


async def _reaches(parts: Parts, service: str, position: int) -> bool:
    return await last_sequence(parts, service) == position


async def test_two_relays_at_once_do_not_double_or_reorder(settings: Settings, service_name: str) -> None:
    """Both believe they hold the role, as after a network split."""
    async with running(toy(service_name), settings) as parts:
        locks = Locks(settings, f"{service_name}_split")
        rival = asyncio.create_task(Relay(settings, service_name, parts.events, parts.bus, locks).run())
        for _ in range(20):
            await handled(parts, *(drop(jar, 2) for jar in jars(5)))
        await eventually(lambda: is_exact(parts, service_name))
        assert await last_sequence(parts, service_name) == 200
        rival.cancel()
        await asyncio.gather(rival, return_exceptions=True)
        await locks.close()


async def test_what_another_instance_appended_meanwhile_is_looked_for_at_once(settings: Settings, service_name: str) -> None:
    """The active one knows its own newest events by heart, and must not take them for all there are."""
    async with AsyncExitStack() as opened:
        own, by_us = await opened.enter_async_context(logging_to(settings, toy(service_name)))
        _, by_others = await opened.enter_async_context(logging_to(settings, toy(service_name)))
        client = await connect(settings, "tests")
        relay = Relay(settings, service_name, own, Bus(client), Locks(settings, service_name))
        await client.subscribe(f"{relay._inbox}.*", cb=relay._hear_ack)
        relay.position = await agree(settings, service_name, own, relay._js)
        for handler in (by_us, by_others):
            await handler.handle(drop(new_id()), trail())
        for position in (1, 2):
            relay._want(position)
        await relay._next()
        assert relay.position == 1
        assert relay._wanted.is_set()
        await relay._next()
        assert relay.position == 2
        await client.close()


async def test_another_instance_takes_over_when_the_active_one_goes(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as staying:
        async with running(toy(service_name), settings) as going:
            await handled(going, drop(new_id()), drop(new_id()))
            await eventually(lambda: is_exact(going, service_name))
        await handled(staying, drop(new_id()), drop(new_id()))
        await eventually(lambda: is_exact(staying, service_name))


@pytest.mark.parametrize("crash_at", ["relay_mid_batch:3", "relay_before_acks:2"])
async def test_killed_while_publishing(settings: Settings, service_name: str, begin: Begin, crash_at: str) -> None:
    doomed = await begin(service_name, crash_at=crash_at)
    async with running(toy(f"{service_name}_client", projects=None), settings) as client:
        asked = [asyncio.create_task(client.bus.ask(service_name, drop(new_id(), 2))) for _ in range(20)]
        assert await doomed.ended() == CRASHED
        for ask in asked:
            ask.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
    async with running(toy(service_name), settings) as again:
        await handled(again, drop(new_id()))
        await eventually(lambda: is_exact(again, service_name))


async def test_a_stream_that_is_gone_is_filled_again_in_the_same_epoch(settings: Settings, service_name: str) -> None:
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(30)))
        await eventually(lambda: is_exact(parts, service_name))
        before = await parts.events.head()
        await parts.bus.client.jetstream().delete_stream(stream_name(service_name))
        await eventually(lambda: is_exact(parts, service_name))
        assert await parts.events.head() == before
        assert await epoch_of_stream(parts, service_name) == before[1]


@pytest.mark.parametrize("foreign", [b"", b"nonsense", b'{"id": "not ours"}'])
async def test_a_foreign_message_in_the_stream_begins_a_new_epoch(settings: Settings, service_name: str, foreign: bytes) -> None:
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(3)))
        await eventually(lambda: is_exact(parts, service_name))
        _, before = await parts.events.head()
        await parts.bus.client.jetstream().publish(f"{service_name}.event.jar-x.marble_dropped", foreign)
        await handled(parts, *(drop(jar) for jar in jars(3)))
        await eventually(lambda: is_exact(parts, service_name))
        _, after = await parts.events.head()
        assert after != before
        assert await epoch_of_stream(parts, service_name) == after


async def test_another_events_copy_at_the_head_begins_a_new_epoch(settings: Settings, service_name: str) -> None:
    """Sequence and head agree, the event does not: only the id can tell."""
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(3)))
        await eventually(lambda: is_exact(parts, service_name))
        epoch = (await parts.events.head())[1]
    async with running(toy(f"{service_name}_client", projects=None), settings) as client:
        js = client.bus.client.jetstream()
        copy = await js.get_msg(stream_name(service_name), seq=1)
        await js.publish(copy.subject or "", copy.data or b"")
    async with running(toy(service_name), settings) as parts:
        await handled(parts, drop(new_id()))
        await eventually(lambda: is_exact(parts, service_name))
        assert (await parts.events.head())[1] != epoch


async def test_a_restored_backup_begins_a_new_epoch(settings: Settings, service_name: str) -> None:
    """The log is older than its mirror; what it says now is the truth."""
    async with running(toy(service_name), settings) as parts:
        await handled(parts, *(drop(jar) for jar in jars(10)))
        await eventually(lambda: is_exact(parts, service_name))
        epoch = (await parts.events.head())[1]
        pool = parts.pool
        await pool.execute("delete from events where position > 6")
        await pool.execute("update log_head set position = 6")
        await pool.execute("update positions set position = 6 where position > 6")
    async with running(toy(service_name), settings) as parts:
        await eventually(lambda: is_exact(parts, service_name))
        await handled(parts, *(drop(jar) for jar in jars(10)))
        await eventually(lambda: is_exact(parts, service_name))
        assert (await parts.events.head())[1] != epoch
