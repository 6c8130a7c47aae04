"""What the read model knows about a conversation, as of an event in it."""

from typing import Any

from services.notifications.policy import Known
from shared.catching_up import caught_up
from shared.envelope import Recorded
from shared.postgres import Connection

PROJECTION = "notifications_projection_conversations"


async def known_of(connection: Connection, recorded: Recorded[Any]) -> Known:
    """Name and newest words of the visitor; for a reading, the notices it settles."""
    await caught_up(connection, PROJECTION, recorded.position)
    if recorded.type == "conversation_read":
        rows = await connection.fetch("select notice_id from notices where read_at = $1 order by raised_at", recorded.position)
        return Known(settled=tuple(row["notice_id"] for row in rows))
    row = await connection.fetchrow(
        "select p.name, c.preview from conversations c join contacts p using (contact_id) where c.conversation_id = $1",
        recorded.event.conversation_id,
    )
    return Known(row["name"], row["preview"]) if row else Known()
