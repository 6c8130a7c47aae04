"""The newest published version of each bot."""

from typing import Any

from shared.envelope import Recorded
from shared.postgres import Connection


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Takes over what was published."""
    for event in (recorded.event for recorded in batch):
        await connection.execute(
            "insert into bots values ($1, $2, $3, $4, $5) on conflict (bot_id) do update "
            "set name = excluded.name, title = excluded.title, version = excluded.version, flow = excluded.flow",
            event.bot_id, event.name, event.title, event.version, event.flow.model_dump(mode="json"),
        )  # fmt: skip
