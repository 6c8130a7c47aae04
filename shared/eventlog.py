"""The log of one service in PostgreSQL: gapless positions in commit order, one effect per command.

The append is one statement that takes its numbers from a counter row: the row's lock orders all writers, a rollback gives the
numbers back, so no reader ever sees a hole (docs/decisions/0001). Appends that wait at the same moment commit together;
a refused batch is tried again command by command.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from importlib import resources
from itertools import islice
from typing import Any

import asyncpg
import structlog

from shared.crash import crash_point
from shared.envelope import Raw
from shared.errors import Conflict, Invalid, Unavailable
from shared.messages import Command, Event, derived_id
from shared.metrics import APPENDED, BATCH_EVENTS
from shared.postgres import LOST, Pool, borrowed

log = structlog.get_logger()

MOST_AT_ONCE = 500
REMEMBERED = 2_000
MOST_OF_ONE = 5_000  # events that followed one command
EVENT_BYTES = 500_000
"""Of an event's body. NATS takes a megabyte, and PostgreSQL's spacing may add half of it again."""

# The inner selects hide how long the arrays are. Seeing it, PostgreSQL would plan anew each time, for half of an append's cost.
APPEND = """
with head as (update log_head set position = position + $1 returning position),
added as (
    insert into events (position, stream_id, revision, event_id, type, body, actor,
                        correlation_id, causation_id, command_id, digest)
    select head.position - $1 + n, e.stream_id, e.revision, e.event_id, e.type, e.body::jsonb, e.actor, e.correlation_id,
           e.causation_id, e.command_id, e.digest
    from head, unnest((select $2::text[]), (select $3::int[]), (select $4::uuid[]), (select $5::text[]), (select $6::text[]),
                      (select $7::text[]), (select $8::uuid[]), (select $9::uuid[]), (select $10::uuid[]), (select $11::bytea[]))
         with ordinality
         as e(stream_id, revision, event_id, type, body, actor, correlation_id, causation_id, command_id, digest, n)
    returning position
) select max(position), now() from added
"""
COLUMNS = """
    position, stream_id, revision, event_id::text, type, body::text, actor, correlation_id::text, causation_id::text, recorded_at
"""


class Repeated(Exception):
    """This command is in the log already."""


@dataclass(frozen=True)
class Trail:
    """Where a command comes from: the request it all began with, and the event or command right before it."""

    correlation_id: str
    causation_id: str


@dataclass
class Append:
    """What one command adds to one stream after `revision`."""

    stream_id: str
    revision: int
    command: Command
    events: Sequence[Event]
    trail: Trail
    position: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


def digest(command: Command) -> bytes:
    """What makes two commands the same: all but their circumstances."""
    return blake2b(command.model_dump_json(exclude=set(command.circumstances)).encode(), digest_size=8).digest()


class EventLog:
    """The log of one service. `appended` is set after every commit, for the relay beside it; `last` is that commit's position."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.appended = asyncio.Event()
        self.last = 0
        self._recent: deque[Raw] = deque(maxlen=REMEMBERED)
        self._waiting: list[Append] = []
        self._wanted = asyncio.Event()

    async def append(self, addition: Append) -> int:
        """Commits, and answers with the position of the last event. Raises Conflict, Repeated or Unavailable."""
        self._waiting.append(addition)
        self._wanted.set()
        return await addition.position

    async def run(self) -> None:
        """Commits whatever waits, as one statement, for as long as the service lives."""
        while True:
            await self._wanted.wait()
            batch = self._take()
            if not self._waiting:
                self._wanted.clear()
            await self._commit(batch)
            if batch:
                self.appended.set()

    def _take(self) -> list[Append]:
        count = events = 0
        while count < len(self._waiting) and events < MOST_AT_ONCE:
            events += len(self._waiting[count].events)
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    async def _commit(self, batch: list[Append]) -> None:
        try:
            last = await self._insert(batch)
        except (asyncpg.UniqueViolationError, asyncpg.DataError, Invalid) as theirs:
            await self._one_by_one(batch, theirs)
        except Unavailable as gone:
            _fail(batch, gone)
        except LOST as gone:
            _fail(batch, Unavailable(f"the log cannot be written ({type(gone).__name__})"))
        except Exception as wrong:
            log.exception("append_failed", commands=len(batch))
            _fail(batch, wrong)
        else:
            _succeed(batch, last)

    async def _one_by_one(self, batch: list[Append], theirs: asyncpg.PostgresError | Invalid) -> None:
        """One command of the batch is at fault; the others must not suffer for it."""
        if len(batch) > 1:
            for addition in batch:
                await self._commit([addition])
        elif isinstance(theirs, Invalid):
            _fail(batch, theirs)
        elif isinstance(theirs, asyncpg.DataError):
            _fail(batch, Invalid("the log cannot hold this text"))
        else:
            _fail(batch, Repeated() if theirs.constraint_name == "one_effect" else Conflict())

    async def _insert(self, batch: list[Append]) -> int:
        rows = [row for addition in batch for row in _rows(addition)]
        crash_point("append_before_commit")
        async with borrowed(self.pool) as connection:
            [(last, recorded_at)] = await connection.fetch(APPEND, len(rows), *map(list, zip(*rows, strict=True)))
        crash_point("append_after_commit")
        self._remember(rows, last, recorded_at)
        self.last = last
        APPENDED.inc(len(rows))
        BATCH_EVENTS.observe(len(rows))
        return int(last)

    def _remember(self, rows: Sequence[tuple[Any, ...]], last: int, recorded_at: datetime) -> None:
        raws = [_raw_of_new(row, position, recorded_at) for position, row in enumerate(rows, last - len(rows) + 1)]
        if self._recent and self._recent[-1].position + 1 != raws[0].position:
            self._recent.clear()
        self._recent.extend(raws)

    def remembered(self, position: int, limit: int) -> list[Raw]:
        """The events right after a position, when this process appended them a moment ago; else none."""
        first = self._recent[0].position if self._recent else position + 2
        skipped = position + 1 - first
        return list(islice(self._recent, skipped, skipped + limit)) if skipped >= 0 else []

    def forget(self) -> None:
        """Drops what `remembered` would answer: the database may be another one now."""
        self._recent.clear()

    async def stream(self, stream_id: str, after: int = 0) -> list[Raw]:
        """The events of one stream after a revision, oldest first."""
        async with borrowed(self.pool) as connection:
            rows = await connection.fetch(
                f"select {COLUMNS} from events where stream_id = $1 and revision > $2 order by revision",
                stream_id,
                after,
            )
        return [raw_of(row) for row in rows]

    async def revision(self, stream_id: str) -> int:
        """The last revision of a stream; 0 when there is none."""
        async with borrowed(self.pool) as connection:
            return int(await connection.fetchval("select coalesce(max(revision), 0) from events where stream_id = $1", stream_id))

    async def after(self, position: int, limit: int) -> list[Raw]:
        """The events after a position, oldest first."""
        async with borrowed(self.pool) as connection:
            rows = await connection.fetch(
                f"select {COLUMNS} from events where position > $1 order by position limit $2",
                position,
                limit,
            )
        return [raw_of(row) for row in rows]

    async def head(self) -> tuple[int, str]:
        """The last position, and the epoch of the mirror."""
        async with borrowed(self.pool) as connection:
            row = await connection.fetchrow("select position, epoch::text from log_head")
        if row is None:
            raise Unavailable("the log has no head")
        return row["position"], row["epoch"]

    async def new_epoch(self) -> str:
        """Notes that the mirror must be built anew; clients of the old epoch take a new snapshot."""
        async with borrowed(self.pool) as connection:
            return str(await connection.fetchval("update log_head set epoch = gen_random_uuid() returning epoch::text"))

    async def earlier(self, command: Command) -> tuple[int, bytes] | None:
        """Position of the last event this command id had as effect, and the digest it had then."""
        async with borrowed(self.pool) as connection:
            row = await connection.fetchrow(
                "select max(e.position) as position, min(first.digest) as digest from events first "
                "join events e on e.stream_id = first.stream_id and e.command_id = first.command_id "
                "and e.revision between first.revision and first.revision + $2 "  # a desk's stream is long
                "where first.event_id = $1::uuid",
                command.command_id, MOST_OF_ONE,
            )  # fmt: skip
        return (row["position"], row["digest"]) if row and row["position"] is not None else None


def _rows(addition: Append) -> list[tuple[Any, ...]]:
    command, trail = addition.command, addition.trail
    same = digest(command)
    return [
        (
            addition.stream_id, addition.revision + n, command.command_id if n == 1 else derived_id(command.command_id, str(n)),
            event.type, _body(event), command.actor, trail.correlation_id,  # type: ignore[attr-defined]
            trail.causation_id, command.command_id, same,
        )
        for n, event in enumerate(addition.events, 1)
    ]  # fmt: skip


def _body(event: Event) -> str:
    body = event.model_dump_json(exclude_defaults=False)
    if len(body.encode()) > EVENT_BYTES:
        raise Invalid(f"an event holds at most {EVENT_BYTES:,} bytes")
    return body


def _succeed(batch: list[Append], last: int) -> None:
    for addition in reversed(batch):
        if not addition.position.done():
            addition.position.set_result(last)
        last -= len(addition.events)


def _fail(batch: list[Append], error: Exception) -> None:
    for addition in batch:
        if not addition.position.done():
            addition.position.set_exception(error)


def _raw_of_new(row: tuple[Any, ...], position: int, recorded_at: datetime) -> Raw:
    stream_id, revision, event_id, kind, body, actor, correlation_id, causation_id, *_ = row
    return Raw(
        position, stream_id, revision, event_id, kind, body.encode(), actor, correlation_id, causation_id, recorded_at
    )  # fmt: skip


def raw_of(row: Any) -> Raw:
    """A row of the log as it travels."""
    return Raw(
        row["position"], row["stream_id"], row["revision"], row["event_id"], row["type"], row["body"].encode(), row["actor"],
        row["correlation_id"], row["causation_id"], row["recorded_at"],
    )  # fmt: skip


async def prepare_log(pool: Pool, service: str) -> None:
    """Makes the log's tables where they are missing."""
    sql = resources.files("shared").joinpath("log.sql").read_text().replace("{service}", service)
    async with borrowed(pool) as connection, connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtext($1))", f"schema-{service}")
        await connection.execute(sql)
