"""Reading a service's events from a position on: from the mirror while it holds them, from their owner when it does not.

It is how one catches up; what happens from then on is heard from the feed (`shared/feeding.py`). The pull consumer is made for
the occasion (ack none) and made anew on any doubt; whoever reads checks every sequence.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import suppress
from typing import Literal

import orjson
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError
from pydantic import BaseModel

from shared.bus import Bus
from shared.envelope import Raw, from_envelope, from_wire, to_wire, unopened
from shared.errors import Refused
from shared.eventlog import EventLog
from shared.messages import Id, Query
from shared.mirror import stream_name

log = structlog.get_logger()

BATCH = 500
EXPIRES_SECONDS = 10.0
HEARTBEAT_SECONDS = 2.0
REPLY_BYTES = 700_000  # NATS carries 1 MiB


class HeadAnswer(BaseModel):
    """Where a log stands. `epoch` names the generation of its mirror."""

    position: int
    epoch: Id


class Head(Query):
    """Where does your log stand?"""

    answer = HeadAnswer
    type: Literal["head"] = "head"


class EventsAnswer(BaseModel):
    """Envelopes (CloudEvents) in log order."""

    events: list[dict[str, object]]


class EventsAfter(Query):
    """The events after a position, from the log itself: what the mirror no longer holds is never lost."""

    answer = EventsAnswer
    type: Literal["events_after"] = "events_after"
    position: int
    limit: int = BATCH


class StreamEvents(Query):
    """The events of one stream after a revision, from its owner's log."""

    answer = EventsAnswer
    type: Literal["stream_events"] = "stream_events"
    stream_id: str
    after: int = 0


class Doubt(Exception):
    """Something about the reading is not as it should be: begin again from the last sure position."""


class Reader:
    """Reads one source in batches, gapless, each event once. Of types it does not hear, it gives only place and type."""

    def __init__(self, bus: Bus, source: str, hears: frozenset[str] | None = None) -> None:
        self._bus, self._source, self._hears = bus, source, hears
        self._js = bus.client.jetstream(timeout=5)

    async def batches(self, position: int) -> AsyncGenerator[list[Raw], None]:
        """Events after `position` for ever; an empty batch every few seconds when nothing happens. Raises Doubt."""
        async for batch in self._from_owner_until_mirrored(position):
            position = batch[-1].position
            yield batch
        async for messages in self._pulled(position + 1):
            fresh = [raw for raw in map(self._raw, messages) if raw.position > position]
            for raw in fresh:
                if raw.position != position + 1:
                    raise Doubt(f"{self._source}: {raw.position} follows {position}")
                position = raw.position
            yield fresh

    def _raw(self, message: Msg) -> Raw:
        """The event, or, of one nobody here hears, only its place and type: most envelopes are never opened."""
        sequence = message.metadata.sequence.stream
        kind = message.subject.rpartition(".")[2]
        if self._hears is None or kind in self._hears:
            return _opened(message, sequence)
        return unopened(sequence, kind)

    async def _from_owner_until_mirrored(self, position: int) -> AsyncIterator[list[Raw]]:
        """What lies before the mirror's first event comes from the owner's log."""
        while True:
            try:
                first = (await self._js.stream_info(stream_name(self._source))).state.first_seq
            except NotFoundError as missing:
                raise Doubt(f"{self._source} has no mirror yet") from missing
            if position + 1 >= first:
                return
            batch = await events_after(self._bus, self._source, position)
            if not batch:
                return
            position = batch[-1].position
            yield batch

    async def _pulled(self, first: int) -> AsyncIterator[list[Msg]]:
        stream, inbox = stream_name(self._source), self._bus.client.new_inbox()
        arrived: asyncio.Queue[Msg] = asyncio.Queue()
        subscription = await self._bus.client.subscribe(inbox, cb=arrived.put)  # `next_msg` makes a task for each message
        try:
            made = await self._js.add_consumer(stream, _consumer_config(first))
            subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{made.name}"
            while True:
                await self._bus.client.publish(subject, _PULL, reply=inbox)
                async for batch in _one_pull(arrived):
                    yield batch
        finally:
            with suppress(NatsError):  # while draining, the connection is gone first
                await subscription.unsubscribe()


_PULL = orjson.dumps({"batch": BATCH, "expires": int(EXPIRES_SECONDS * 1e9), "idle_heartbeat": int(HEARTBEAT_SECONDS * 1e9)})


def _consumer_config(first: int) -> ConsumerConfig:
    return ConsumerConfig(
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=first,
        ack_policy=AckPolicy.NONE,
        inactive_threshold=60.0,
        mem_storage=True,
        num_replicas=1,
    )


async def _one_pull(arrived: asyncio.Queue[Msg]) -> AsyncIterator[list[Msg]]:
    """Yields what is there as soon as something is; ends when the pull is used up. Silence is a doubt."""
    left = BATCH
    while left > 0:
        batch, ended = await _next_of(arrived)
        left -= len(batch)
        yield batch
        if ended:
            return


async def _next_of(arrived: asyncio.Queue[Msg]) -> tuple[list[Msg], bool]:
    """At least one message or status, and whatever waits behind it; whether the pull has ended."""
    batch: list[Msg] = []
    try:
        async with asyncio.timeout(2.5 * HEARTBEAT_SECONDS):
            message = await arrived.get()
    except TimeoutError as silent:
        raise Doubt("no heartbeat") from silent
    while True:
        if (status := (message.headers or {}).get("Status")) is None:
            batch.append(message)
        elif status in {"404", "408"}:
            return batch, True
        elif status != "100":
            raise Doubt(f"pull ended: {status} {(message.headers or {}).get('Description', '')}")
        elif not batch:
            return batch, False
        if arrived.empty():
            return batch, False
        message = arrived.get_nowait()


def _opened(message: Msg, sequence: int) -> Raw:
    try:
        raw = from_wire(message.data)
    except ValueError as foreign:
        raise Doubt(f"sequence {sequence} holds no event") from foreign
    if sequence != raw.position:
        raise Doubt(f"sequence {sequence} holds position {raw.position}")
    return raw


async def events_after(bus: Bus, source: str, position: int, limit: int = BATCH) -> list[Raw]:
    """The owner's own answer. Raises Doubt when the owner does not answer."""
    try:
        found = await bus.ask(source, EventsAfter(position=position, limit=limit))
    except Refused as gone:
        raise Doubt(str(gone)) from gone
    return [*map(from_envelope, found["events"])]


async def whole_stream(bus: Bus, source: str, stream_id: str) -> list[Raw]:
    """All events of one stream, asked of its owner page by page. Raises the owner's refusal, or Unavailable."""
    found: list[Raw] = []
    while True:
        query = StreamEvents(stream_id=stream_id, after=found[-1].revision if found else 0)
        page = [*map(from_envelope, (await bus.ask(source, query))["events"])]
        if not page:
            return found
        found += page


async def answer_head(events: EventLog) -> dict[str, object]:
    """The owner's side of `Head`."""
    position, epoch = await events.head()
    return {"position": position, "epoch": epoch}


async def answer_events_after(events: EventLog, service: str, query: EventsAfter) -> dict[str, object]:
    """The owner's side of `EventsAfter`; at most what fits into one reply."""
    return _fitting(await events.after(query.position, min(query.limit, BATCH)), service)


async def answer_stream_events(events: EventLog, service: str, query: StreamEvents) -> dict[str, object]:
    """The owner's side of `StreamEvents`; at most what fits into one reply."""
    return _fitting(await events.stream(query.stream_id, after=query.after), service)


def _fitting(raws: Iterable[Raw], service: str) -> dict[str, object]:
    size = 0
    fitting: list[orjson.Fragment] = []
    for raw in raws:
        wire = to_wire(raw, service)
        size += len(wire)
        if fitting and size > REPLY_BYTES:
            break
        fitting.append(orjson.Fragment(wire))
    return {"events": fitting}
