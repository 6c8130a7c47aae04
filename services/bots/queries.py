"""What bots looks up before it answers a conversation."""

from typing import Any

from shared.contracts.bots import Flow
from shared.contracts.conversations import ConversationStarted
from shared.envelope import Recorded
from shared.postgres import Connection

PUBLISHED = """
    select body -> 'flow' from events
    where stream_id = $1 and type = 'bot_published' and (body ->> 'version')::int = $2
"""


async def flow_of(connection: Connection, recorded: Recorded[Any]) -> Flow | None:
    """The flow of the version a conversation began with. Raises LookupError when there is none."""
    event = recorded.event
    if not isinstance(event, ConversationStarted) or event.bot is None:
        return None
    found = await connection.fetchval(PUBLISHED, f"bot-{event.bot.id}", event.bot.version)
    if found is None:
        raise LookupError(f"{event.bot.name} never had a version {event.bot.version}")
    return Flow.model_validate(found)
