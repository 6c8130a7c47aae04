"""The feed: whatever is missed, doubled or foreign, those who listen get every event once and in order, or begin again."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest

from shared.envelope import Raw, subject_of, to_wire
from shared.feeding import MOST_WAITING, Arrived, Ear, Feed, Feeds
from shared.messages import new_id
from shared.mirror import EXPECTED, stream_name
from shared.reading import Doubt
from shared.service import Parts
from shared.settings import Settings
from tests.shared.running import handled, running
from tests.shared.test_relay import is_exact
from tests.shared.toy.jars import TYPES, drop, toy
from tests.waiting import eventually

COUNT = 30
Batches = AsyncGenerator[list[Raw], None]


@pytest.fixture
async def parts(settings: Settings, service_name: str) -> AsyncIterator[Parts]:
    """A service whose log holds thirty events, all mirrored; it hears nobody itself."""
    async with running(toy(service_name, projects=None), settings) as parts:
        await handled(parts, *(drop(new_id(), 3) for _ in range(COUNT // 3)))
        await eventually(lambda: is_exact(parts, service_name))
        yield parts


@pytest.fixture
def feed(parts: Parts, service_name: str) -> Feed:
    return Feeds(parts.bus).of(service_name)


async def positions(batches: Batches, until: int) -> list[int]:
    """What comes, until the one at `until` has."""
    found: list[int] = []
    async with asyncio.timeout(10):
        while until not in found:
            found += [raw.position for raw in await anext(batches)]
    return found


async def publish(parts: Parts, raw: Raw, expected: int) -> None:
    """Says an event on its subject, as a relay does; the mirror refuses what it has."""
    await parts.bus.client.publish(
        subject_of(raw, stream_of(parts)), to_wire(raw, stream_of(parts)), headers={EXPECTED: str(expected)}
    )
    await parts.bus.client.flush()


def stream_of(parts: Parts) -> str:
    return parts.health.service


async def listening(feed: Feed, position: int = COUNT) -> Batches:
    """Batches after a position, once it is certain that what is published is heard: at the first quiet moment."""
    batches = feed.batches(position, TYPES)
    assert await anext(batches) == []
    return batches


@pytest.mark.parametrize("position", [0, 7, COUNT - 1])
async def test_what_was_missed_comes_before_what_happens(parts: Parts, feed: Feed, position: int) -> None:
    async with aclosing(feed.batches(position, TYPES)) as batches:
        missed = await positions(batches, COUNT)
        await handled(parts, drop(new_id(), 2))
        assert missed + await positions(batches, COUNT + 2) == list(range(position + 1, COUNT + 3))


async def test_it_gives_the_events_as_the_log_has_them(parts: Parts, feed: Feed) -> None:
    async with aclosing(await listening(feed)) as batches:
        await handled(parts, drop(new_id()))
        [raw] = await anext(batches)
    [logged] = await parts.events.after(COUNT, 1)
    assert (raw.event_id, raw.stream_id, raw.revision, raw.actor) == (
        logged.event_id, logged.stream_id, logged.revision, logged.actor
    )  # fmt: skip


async def test_what_nobody_hears_stays_unopened(parts: Parts, feed: Feed) -> None:
    async with aclosing(feed.batches(COUNT, frozenset())) as batches:
        assert await anext(batches) == []
        await handled(parts, drop(new_id()))
        [raw] = await anext(batches)
    assert (raw.position, raw.type, raw.body) == (COUNT + 1, "marble_dropped", b"")


async def test_all_who_listen_share_one_subscription(parts: Parts, feed: Feed) -> None:
    before = len(parts.bus.client._subs)
    async with aclosing(await listening(feed)) as one, aclosing(await listening(feed)) as other:
        assert len(parts.bus.client._subs) == before + 1
        await handled(parts, drop(new_id(), 3))
        assert await positions(one, COUNT + 3) == await positions(other, COUNT + 3)
    await eventually(lambda: len(parts.bus.client._subs) == before)


async def test_an_event_said_twice_comes_once(parts: Parts, feed: Feed) -> None:
    [last] = await parts.events.after(COUNT - 1, 1)
    async with aclosing(await listening(feed)) as batches:
        await publish(parts, last, COUNT - 1)
        await handled(parts, drop(new_id()))
        assert await positions(batches, COUNT + 1) == [COUNT + 1]


async def test_a_gap_is_a_doubt(parts: Parts, feed: Feed) -> None:
    async with aclosing(await listening(feed)) as batches:
        [last] = await parts.events.after(COUNT - 1, 1)
        await publish(parts, last, COUNT + 5)
        with pytest.raises(Doubt):
            await positions(batches, COUNT + 6)


async def test_a_foreign_message_is_a_doubt_when_it_claims_to_be_next(parts: Parts, feed: Feed) -> None:
    async with aclosing(await listening(feed)) as batches:
        subject = f"{stream_of(parts)}.event.jar-x.marble_dropped"
        await parts.bus.client.publish(subject, b"nonsense", headers={EXPECTED: str(COUNT)})
        with pytest.raises(Doubt):
            await positions(batches, COUNT + 1)


async def test_what_no_relay_says_is_not_heard(parts: Parts, feed: Feed) -> None:
    async with feed.listening() as ear:
        await parts.bus.client.publish(f"{stream_of(parts)}.event.jar-x.marble_dropped", b"{}")
        await handled(parts, drop(new_id()))
        heard = await ear.heard(5)
    assert COUNT + 1 in [arrived.position for arrived in heard]
    assert all(arrived.envelope["position"] == arrived.position for arrived in heard)


async def test_silence_while_the_mirror_has_more_is_a_doubt(parts: Parts, feed: Feed) -> None:
    """As when the last event was lost on its way: nothing follows it that would show the gap."""
    async with aclosing(feed.batches(COUNT, TYPES)) as batches:
        assert await anext(batches) == []
        [subscription] = [one for one in parts.bus.client._subs.values() if one.subject == f"{stream_of(parts)}.event.>"]
        await subscription.unsubscribe()
        await handled(parts, drop(new_id()))
        with pytest.raises(Doubt):
            await positions(batches, COUNT + 1)


async def test_a_source_nobody_has_heard_of_is_quiet(parts: Parts) -> None:
    async with aclosing(Feeds(parts.bus).of("nobody").batches(0, TYPES)) as batches:
        assert await anext(batches) == []


async def test_a_vanished_mirror_is_no_reason_to_stop(parts: Parts, feed: Feed) -> None:
    """The relay says everything again while it refills it: what was heard is not heard twice."""
    async with aclosing(await listening(feed)) as batches:
        await parts.bus.client.jetstream().delete_stream(stream_name(stream_of(parts)))
        await handled(parts, drop(new_id()))
        await eventually(lambda: is_exact(parts, stream_of(parts)))
        assert await positions(batches, COUNT + 1) == [COUNT + 1]


async def test_whoever_takes_too_long_sees_a_gap(parts: Parts, feed: Feed) -> None:
    ear = Ear()
    async with feed.listening() as other:
        await handled(parts, drop(new_id()))
        [arrived] = await other.heard(5)
    ear.take([arrived] * (MOST_WAITING + 1))
    ear.take([after := Arrived(arrived._message, arrived.position + MOST_WAITING)])
    assert await ear.heard(5) == [after]
