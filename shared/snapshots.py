"""Snapshots of streams that never end: disposable, versioned with the state's shape, never the truth.

They are kept as one text, for jsonb would sort what a state holds in order: those who wait at the desk, for one.
"""

from typing import Any

import structlog
from pydantic import TypeAdapter, ValidationError

from shared.decider import Decider
from shared.errors import Unavailable
from shared.postgres import LOST, Pool, borrowed

log = structlog.get_logger()


def _shape(decider: Decider) -> TypeAdapter[Any]:
    shape: Any = decider.state
    return TypeAdapter(shape)


async def load_snapshot(pool: Pool, decider: Decider, stream_id: str) -> tuple[Any, int] | None:
    """State and revision, or None when there is none of this version."""
    async with borrowed(pool) as connection:
        row = await connection.fetchrow(
            "select revision, state from snapshots where stream_id = $1 and version = $2",
            stream_id,
            decider.version,
        )
    if row is None:
        return None
    try:
        return _shape(decider).validate_json(row["state"]), row["revision"]
    except ValidationError:
        log.warning("snapshot_unreadable", stream_id=stream_id, version=decider.version)
        return None


async def save_snapshot(pool: Pool, decider: Decider, stream_id: str, revision: int, state: Any) -> None:
    """Keeps the newest state. That it cannot be kept now is no harm: the log has everything."""
    body = _shape(decider).dump_json(state).decode()
    try:
        async with borrowed(pool) as connection:
            await connection.execute(
                "insert into snapshots values ($1, $2, $3, $4) on conflict (stream_id) do update "
                "set revision = excluded.revision, version = excluded.version, state = excluded.state "
                "where snapshots.revision < excluded.revision or snapshots.version <> excluded.version",
                stream_id, revision, decider.version, body,
            )  # fmt: skip
    except (Unavailable, *LOST):
        log.warning("snapshot_not_kept", stream_id=stream_id)
