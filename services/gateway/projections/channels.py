"""Inboxes and the channels that fill them."""

from typing import Any

from shared.contracts.inboxes import ChannelChanged, ChannelConnected, InboxOpened
from shared.envelope import Recorded
from shared.postgres import Connection


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> bool:
    """Brings inboxes and channels up to date. Answers whether there was anything to do."""
    changed = False
    for recorded in batch:
        match recorded.event:
            case InboxOpened() as opened:
                changed = True
                await connection.execute(
                    "insert into inboxes values ($1, $2, $3)", opened.inbox_id, opened.name, opened.fallback_address
                )
            case ChannelConnected() | ChannelChanged() as channel:
                changed = True
                await connection.execute(
                    "insert into channels values ($1, $2, $3) "
                    "on conflict (channel_id) do update set settings = excluded.settings",
                    channel.channel_id, channel.inbox_id, channel.settings.model_dump(mode="json"),
                )  # fmt: skip
            case _:
                pass
    return changed
