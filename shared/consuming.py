"""Consumers: each owns its position and moves it together with its effect, so every event has its effect exactly once.

One instance per consumer is active (advisory lock). Events come in batches: one transaction for up to 500. A batch that fails is
tried event by event; an event that still fails after three tries is parked with its stream. A database or network that is
away is never the event's fault: then the consumer waits.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from nats.errors import Error as NatsError
from pydantic import TypeAdapter

from shared.agreement import vouched_head
from shared.crash import crash_point
from shared.envelope import Raw, Recorded
from shared.errors import Refused, Unavailable
from shared.feeding import Feeds
from shared.locks import Locks
from shared.metrics import CONSUMER_LAG
from shared.parking import Wanted, keep_parked, next_wanted, park, parked_streams, unpark
from shared.positions import PositionMoved, move_position, read_position
from shared.postgres import LOST, Connection, Pool, borrowed
from shared.reading import Doubt, Head

log = structlog.get_logger()

TRIES = 3
BACK_OFF_SECONDS = 0.2
LOOK_AROUND_SECONDS = 2.0
KEPT_SECONDS = 0.1
LINGER_SECONDS = 0.01  # a projection waits for more: a transaction is most of what an event costs it
SUPERSEDED_SECONDS = 5.0
AWAY = (Unavailable, *LOST)


Afterwards = Callable[[], None]
Effect = Callable[[Connection, list[Recorded[Any]]], Awaitable[Afterwards | None]]
"""What a consumer does with a batch. Everything it writes through the connection commits with the position; it may answer
with something to call once that is committed, a policy with `nothing_done`."""


def nothing_done() -> None:
    """No event of the batch asked for anything."""


@dataclass(frozen=True)
class Consumer:
    """Hears `source` under an immutable `name`: it is its position in `positions`.

    A projection's position lives and dies with the rows it writes, in the views; a policy's is for ever, beside the log. Policies
    wait for projections, nobody for a policy. `version` is the shape of the views a projection writes.
    """

    name: str
    source: str
    contract: TypeAdapter[Any]
    hears: frozenset[str]
    effect: Effect
    positions: str = "positions"
    is_projection: bool = True
    version: str | None = None


class Superseded(Exception):
    """The views have another shape now: a newer instance writes them, this one would only take good events for poison."""


class Running:
    """A consumer at work."""

    def __init__(self, pool: Pool, feeds: Feeds, locks: Locks, consumer: Consumer) -> None:
        self._pool, self._feeds, self._locks, self._consumer = pool, feeds, locks, consumer
        self._parked: set[str] = set()
        self._doubt = ""
        self._kept = 0
        self._kept_at = 0.0
        self._home: int | None = None
        self._looked_around = 0.0
        self.position = 0

    async def run(self) -> None:
        """Stands by for the lock, then consumes; begins again from its own position on any doubt."""
        try:
            async with self._locks.held(self._consumer.name) as still_held:
                while still_held.is_set():
                    await self._consume_or_doubt(still_held)
        except Superseded:
            log.warning("consumer_superseded", consumer=self._consumer.name)
            CONSUMER_LAG.labels(self._consumer.name).set(float("inf"))
            await asyncio.sleep(SUPERSEDED_SECONDS)
            return
        raise ConnectionError("the consumer's lock is lost")

    async def _consume_or_doubt(self, still_held: asyncio.Event) -> None:
        try:
            await self._consume(still_held)
        except (Doubt, PositionMoved, NatsError, *AWAY) as doubt:
            self._note(repr(doubt))
            await asyncio.sleep(BACK_OFF_SECONDS)

    def _note(self, doubt: str) -> None:
        """Says why it begins again, once for as long as the reason stays the same."""
        if doubt != self._doubt:
            self._doubt = doubt
            log.info("consumer_begins_again", consumer=self._consumer.name, doubt=doubt)

    async def _consume(self, still_held: asyncio.Event) -> None:
        name = self._consumer.name
        async with borrowed(self._pool) as connection:
            self._home = await connection.fetchval("select to_regclass($1)::oid", self._consumer.positions)
            await self._check_shape(connection)  # of what is at home there: a switch from now on is noticed by `home`
            self.position = self._kept = await read_position(connection, name, self._consumer.positions)
            self._parked = await parked_streams(connection, name)
        if self.position > (head := await vouched_head(self._feeds.bus, self._consumer.source)):
            await self._fall_back(head)
        feed, linger = self._feeds.of(self._consumer.source), LINGER_SECONDS if self._consumer.is_projection else 0
        async for batch in feed.batches(self.position, self._consumer.hears, linger):
            if not still_held.is_set():
                return
            if batch:
                await self._take(batch)
            if self._kept < self.position and (not batch or self._is_waited_for()):
                await self._keep(self.position)
            if monotonic() - self._looked_around > LOOK_AROUND_SECONDS:
                await self._look_around()

    def _is_waited_for(self) -> bool:
        """Whether others may want to know by now how far this one has come."""
        return self._consumer.is_projection and monotonic() - self._kept_at > KEPT_SECONDS

    async def _fall_back(self, head: int) -> None:
        """The log was put back without us. A policy has heard all that is left of it; a projection has to be made anew."""
        log.error("consumer_ahead", consumer=self._consumer.name, position=self.position, head=head, see="docs/restoring.md")
        async with borrowed(self._pool) as connection:
            if self._consumer.is_projection:
                await connection.execute("update model set version = 'ahead of the log'")
                raise Superseded(self._consumer.name)
            await self._move(connection, head)
        self.position = self._kept = head

    async def _check_shape(self, connection: Connection) -> None:
        if self._consumer.version not in {None, await connection.fetchval("select version from model")}:
            raise Superseded(self._consumer.name)

    async def _look_around(self) -> None:
        self._looked_around = monotonic()
        await self._heed_operator()
        if self._kept < self.position:
            await self._keep(self.position)
        try:
            head = await self._feeds.bus.ask(self._consumer.source, Head())
        except Refused:
            return
        CONSUMER_LAG.labels(self._consumer.name).set(head["position"] - self.position)
        if head["position"] < self.position:
            raise Doubt("the log was put back to an earlier day")

    async def _take(self, batch: list[Raw]) -> None:
        try:
            await self._together(batch)
        except (PositionMoved, *AWAY):
            raise
        except Exception:
            log.exception("batch_failed", consumer=self._consumer.name, events=len(batch))
            for raw in batch:
                await self._alone(raw)

    async def _together(self, batch: list[Raw]) -> None:
        wanted = [raw for raw in batch if raw.type in self._consumer.hears]
        if self._parked and any(raw.stream_id in self._parked for raw in wanted):
            for raw in batch:
                await self._alone(raw)
            return
        if not wanted:
            self.position = batch[-1].position  # written with the next effect, or when it falls quiet
            return
        events = [raw.read(self._consumer.contract) for raw in wanted]
        await (self._project if self._consumer.is_projection else self._react)(events, batch[-1].position)

    async def _project(self, events: list[Recorded[Any]], position: int) -> None:
        async with borrowed(self._pool) as connection, connection.transaction():
            await self._move(connection, position)  # first: who waits for a rebuild to switch must hold nothing it wants
            afterwards = await self._consumer.effect(connection, events)
            crash_point("consumer_before_commit")
        crash_point("consumer_after_commit")
        self.position = self._kept = position
        if afterwards:
            afterwards()

    async def _react(self, events: list[Recorded[Any]], position: int) -> None:
        """A policy's commands commit by themselves: its position follows alone, and only when there was something to do."""
        async with borrowed(self._pool) as connection:
            if await self._consumer.effect(connection, events) is nothing_done:
                self.position = position
                return
            crash_point("consumer_before_commit")
            await self._move(connection, position)
        crash_point("consumer_after_commit")
        self.position = self._kept = position

    async def _keep(self, position: int) -> None:
        async with borrowed(self._pool) as connection:
            await self._move(connection, position)
        self._kept, self._kept_at = position, monotonic()

    async def _move(self, connection: Connection, position: int) -> None:
        await move_position(connection, self._consumer.name, self._kept, position, self._consumer.positions, self._home)

    async def _alone(self, raw: Raw) -> None:
        if raw.position <= self.position:
            return
        if raw.type in self._consumer.hears and await self._is_parked(raw.stream_id):
            await self._park(raw, "behind a parked event")
            return
        for attempt in range(1, TRIES + 1):
            try:
                await self._together([raw])
            except (PositionMoved, Superseded, *AWAY):
                raise
            except Exception as poison:
                log.exception("event_failed", consumer=self._consumer.name, position=raw.position, attempt=attempt)
                if attempt == TRIES:
                    await self._park(raw, repr(poison))
                    return
                await asyncio.sleep(BACK_OFF_SECONDS * attempt)
            else:
                return

    async def _is_parked(self, stream_id: str) -> bool:
        """Asks again before it says yes: a rebuild, perhaps of another process, may have folded what was parked."""
        if stream_id in self._parked:
            async with borrowed(self._pool) as connection:
                self._parked = await parked_streams(connection, self._consumer.name)
        return stream_id in self._parked

    async def _park(self, raw: Raw, error: str) -> None:
        async with borrowed(self._pool) as connection, connection.transaction():
            await self._check_shape(connection)
            await park(connection, self._consumer.name, self._consumer.source, raw, error)
            await self._move(connection, raw.position)
            self._parked = await parked_streams(connection, self._consumer.name)
        self.position = self._kept = raw.position
        log.error(
            "event_parked",
            consumer=self._consumer.name,
            position=raw.position,
            stream_id=raw.stream_id,
            error=error,
        )

    async def _heed_operator(self) -> None:
        """Replays or skips what an operator decided about, oldest first."""
        while await self._heed_one():
            pass

    async def _heed_one(self) -> bool:
        async with borrowed(self._pool) as connection, connection.transaction():
            await self._check_shape(connection)
            wanted = await next_wanted(connection, self._consumer.name)
            if wanted is None:
                return False
            await self._resolve(connection, wanted)
            self._parked = await parked_streams(connection, self._consumer.name)
        return True

    async def _resolve(self, connection: Connection, wanted: Wanted) -> None:
        name, raw = self._consumer.name, wanted.raw
        try:
            if wanted.replay:
                async with connection.transaction():
                    await self._consumer.effect(connection, [raw.read(self._consumer.contract)])
        except AWAY:
            raise
        except Exception as poison:
            await keep_parked(connection, name, raw, repr(poison))
        else:
            await unpark(connection, name, raw)
            decided = "replayed" if wanted.replay else "skipped"
            log.warning("event_unparked", consumer=name, position=raw.position, decided=decided, reason=wanted.reason)
