"""Where a consumer stands: a row beside what it writes, so that both move in one transaction."""

from shared.postgres import Connection


class PositionMoved(Exception):
    """Another instance moved the position; this one is not the active one any more."""


async def read_position(connection: Connection, consumer: str, positions: str = "positions") -> int:
    """Where a consumer stands; 0 before its first event."""
    found: int | None = await connection.fetchval(f"select position from {positions} where consumer = $1", consumer)
    return found or 0


async def move_position(
    connection: Connection, consumer: str, before: int, after: int, positions: str = "positions", home: int | None = None
) -> None:
    """Compare-and-set. Raises PositionMoved when somebody else was here, or when the table is not `home` (its oid) any more."""
    moved = await connection.fetchval(
        f"insert into {positions} as kept (consumer, position) values ($1, $3) on conflict (consumer) do update "
        "set position = $3 where kept.position = $2 and kept.tableoid = coalesce($4::oid, kept.tableoid) returning position",
        consumer, before, after, home,
    )  # fmt: skip
    if moved is None:
        raise PositionMoved(consumer)
