"""An operator's decisions about parked events; the consumer carries them out within seconds."""

from typing import Any, Literal

from shared.postgres import open_pool
from shared.settings import Settings


class SeveralConsumers(Exception):
    """The stream waits at more than one consumer, and each gives up what it cannot handle for itself."""

    def __init__(self, consumers: list[str]) -> None:
        super().__init__(f"The stream is parked at {' and '.join(consumers)}: say which one gives up, with --consumer.")


async def list_dead(settings: Settings, service: str) -> list[Any]:
    """What is parked, oldest first."""
    pool = await open_pool(settings, service, size=2)
    try:
        return list(await pool.fetch("select * from parked order by consumer, position"))
    finally:
        await pool.close()


async def decide_dead(
    settings: Settings, service: str, stream_id: str, wanted: Literal["replay", "skip"], reason: str | None, consumer: str = ""
) -> int:
    """Marks a stream's parked events; `skip` gives up the oldest and replays the rest. Answers with how many there are.

    `consumer`: only what is parked there. Raises SeveralConsumers when `skip` could mean more than one event.
    """
    pool = await open_pool(settings, service, size=2)
    try:
        async with pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(
                "update parked set wanted = 'replay' where stream_id = $1 and $2 in ('', consumer) returning consumer, position",
                stream_id, consumer,
            )  # fmt: skip
            if rows and wanted == "skip":
                if len(there := {row["consumer"] for row in rows}) > 1:
                    raise SeveralConsumers(sorted(there))
                await connection.execute(
                    "update parked set wanted = 'skip', reason = $2 where consumer = $1 and position = $3",
                    *there, reason, min(row["position"] for row in rows),
                )  # fmt: skip
            return len(rows)
    finally:
        await pool.close()
