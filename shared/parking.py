"""Poison: an event that no retry helps parks its stream, and only its stream, where an operator sees it.

Parking moves the consumer's position in the same transaction. `parley dead list|replay|skip` decides what becomes of it.
"""

from dataclasses import dataclass

from shared.envelope import Raw, from_wire, to_wire
from shared.metrics import PARKED
from shared.postgres import Connection


@dataclass(frozen=True)
class Wanted:
    """A parked event an operator has decided about."""

    raw: Raw
    replay: bool
    reason: str | None


async def parked_streams(connection: Connection, consumer: str) -> set[str]:
    """The streams that wait behind a poison event."""
    rows = await connection.fetch("select stream_id, count(*) as n from parked where consumer = $1 group by 1", consumer)
    PARKED.labels(consumer).set(sum(row["n"] for row in rows))
    return {row["stream_id"] for row in rows}


async def park(connection: Connection, consumer: str, source: str, raw: Raw, error: str) -> None:
    """Keeps an event that cannot be handled now."""
    await connection.execute(
        "insert into parked (consumer, position, stream_id, envelope, error) values ($1, $2, $3, $4, $5) on conflict do nothing",
        consumer, raw.position, raw.stream_id, to_wire(raw, source), error[:2000],
    )  # fmt: skip


async def next_wanted(connection: Connection, consumer: str) -> Wanted | None:
    """The oldest parked event of a stream, if an operator wants it replayed or skipped."""
    row = await connection.fetchrow(
        "select envelope, wanted, reason from parked p where consumer = $1 and wanted is not null and not exists "
        "(select 1 from parked o where o.consumer = p.consumer and o.stream_id = p.stream_id and o.position < p.position) "
        "order by position limit 1 for update skip locked",
        consumer,
    )
    return Wanted(from_wire(row["envelope"]), row["wanted"] == "replay", row["reason"]) if row else None


async def unpark(connection: Connection, consumer: str, raw: Raw) -> None:
    """The event is dealt with; when an operator wanted its stream replayed, the events behind it follow."""
    await connection.execute("delete from parked where consumer = $1 and position = $2", consumer, raw.position)


async def keep_parked(connection: Connection, consumer: str, raw: Raw, error: str) -> None:
    """Replaying failed again: it stays, with the newest error."""
    await connection.execute(
        "update parked set wanted = null, error = $3 where consumer = $1 and position = $2",
        consumer,
        raw.position,
        error[:2000],
    )
