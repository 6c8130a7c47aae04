"""What bots does about what happens in conversations."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.bots import AnswerSession, Flow, StartSession, StopSession
from shared.contracts.conversations import (
    ConversationAssigned,
    ConversationClosed,
    ConversationStarted,
    MessagePosted,
)  # fmt: skip
from shared.envelope import Recorded
from shared.messages import Command, derived_id

CONVERSATIONS = frozenset({"conversation_started", "message_posted", "conversation_assigned", "conversation_closed"})


def _meta(recorded: Recorded[Any]) -> dict[str, Any]:
    return {"command_id": derived_id(recorded.event_id, "bots"), "at": recorded.event.at, "actor": "service:bots"}


def hear_conversations(recorded: Recorded[Any], flow: Flow | None) -> Sequence[Command]:
    """The visitor begins or answers; people take over or close. `flow` is the published version a beginning names."""
    event = recorded.event
    match event:
        case ConversationStarted() if event.bot is not None and flow is not None:
            return [
                StartSession(
                    **_meta(recorded), conversation_id=event.conversation_id, contact_id=event.contact_id,
                    bot_id=event.bot.id, bot_name=event.bot.name, version=event.bot.version, flow=flow,
                )
            ]  # fmt: skip
        case MessagePosted(with_bot=True) if event.author.kind == "visitor":
            return [
                AnswerSession(
                    **_meta(recorded), conversation_id=event.conversation_id, message_id=event.message_id,
                    text=event.content.text,
                )
            ]  # fmt: skip
        case ConversationAssigned(bot_led=True):
            return [StopSession(**_meta(recorded), conversation_id=event.conversation_id, reason="taken_over")]
        case ConversationClosed(with_bot=True, by="agent"):
            return [StopSession(**_meta(recorded), conversation_id=event.conversation_id, reason="closed")]
        case _:
            return []
