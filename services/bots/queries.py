"""What bots answers from its read model."""

from typing import Any

from shared.contracts.bots import Flow
from shared.contracts.conversations import ConversationStarted
from shared.envelope import Recorded
from shared.errors import Unavailable
from shared.postgres import Connection


async def flow_of(connection: Connection, recorded: Recorded[Any]) -> Flow | None:
    """The flow of the version a conversation began with. Raises Unavailable while its publication has not been heard yet."""
    event = recorded.event
    if not isinstance(event, ConversationStarted) or event.bot is None:
        return None
    found = await connection.fetchval(
        "select flow from flows where bot_id = $1 and version = $2", event.bot.id, event.bot.version
    )
    if found is None:
        raise Unavailable(f"version {event.bot.version} of {event.bot.name} is not known yet")
    return Flow.model_validate(found)
