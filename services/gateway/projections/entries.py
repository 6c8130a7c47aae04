"""Thread entries: a conversation's events as they happened, and where each file was said."""

from typing import Any

from shared.contracts.conversations import CommentAdded, ConversationEvent, MessagePosted
from shared.envelope import Recorded
from shared.postgres import Connection, write_each


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Adds the batch's conversation events."""
    ours = [recorded for recorded in batch if isinstance(recorded.event, ConversationEvent)]
    if ours:
        await connection.execute(
            "insert into entries (position, conversation_id, contact_id, type, body) "
            "select * from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]::jsonb[])",
            [recorded.position for recorded in ours],
            [recorded.event.conversation_id for recorded in ours],
            [recorded.event.contact_id for recorded in ours],
            [recorded.type for recorded in ours],
            [recorded.event.model_dump_json() for recorded in ours],
        )
    await _keep_attachments(connection, [recorded.event for recorded in ours])


async def _keep_attachments(connection: Connection, events: list[Any]) -> None:
    said = [event for event in events if isinstance(event, MessagePosted | CommentAdded)]
    rows = [
        (file.file_id, event.conversation_id, event.contact_id, isinstance(event, CommentAdded))
        for event in said
        for file in event.content.attachments
    ]
    await write_each(connection, "insert into attachments values ($1, $2, $3, $4) on conflict do nothing", rows)
