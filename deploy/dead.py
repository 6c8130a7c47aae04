"""An operator's decisions about parked events; the consumer carries them out within seconds."""

from typing import Any, Literal

from shared.postgres import open_pool
from shared.settings import Settings


async def list_dead(settings: Settings, service: str) -> list[Any]:
    """What is parked, oldest first."""
    pool = await open_pool(settings, service, size=2)
    try:
        return list(await pool.fetch("select * from parked order by consumer, position"))
    finally:
        await pool.close()


async def decide_dead(
    settings: Settings, service: str, stream_id: str, wanted: Literal["replay", "skip"], reason: str | None
) -> int:
    """Marks a stream's parked events; `skip` gives up the oldest and replays the rest. Answers with how many there are."""
    pool = await open_pool(settings, service, size=2)
    try:
        async with pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(
                "update parked set wanted = 'replay' where stream_id = $1 returning consumer, position", stream_id
            )
            if rows and wanted == "skip":
                await connection.execute(
                    "update parked set wanted = 'skip', reason = $2 where stream_id = $1 and position = $3",
                    stream_id, reason, min(row["position"] for row in rows),
                )  # fmt: skip
            return len(rows)
    finally:
        await pool.close()
