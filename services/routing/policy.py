"""What the desk does about what happens in conversations, and to accounts."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.conversations import (
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationReopened,
    ConversationStarted,
    ConversationUnassigned,
)  # fmt: skip
from shared.contracts.gateway import AccountCreated, AccountDeactivated, PresenceChanged
from shared.contracts.routing import (
    JoinDesk,
    LeaveDesk,
    NoteConnection,
    NoteOwner,
    ReleaseConversation,
    RouteConversation,
)  # fmt: skip
from shared.envelope import Recorded
from shared.messages import Command, derived_id

CONVERSATIONS = frozenset(
    {
        "conversation_started", "conversation_handed_over", "conversation_assigned", "conversation_unassigned",
        "conversation_closed", "conversation_reopened",
    }
)  # fmt: skip
GATEWAY = frozenset({"account_created", "account_deactivated", "presence_changed"})


def _meta(recorded: Recorded[Any]) -> dict[str, Any]:
    return {"command_id": derived_id(recorded.event_id, "routing"), "at": recorded.event.at, "actor": "service:routing"}


def hear_conversations(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """Somebody wants a person, has one, or needs none any more."""
    event = recorded.event
    match event:
        case ConversationStarted(bot=None) | ConversationHandedOver() | ConversationReopened(owner_id=None):
            return [RouteConversation(**_meta(recorded), conversation_id=event.conversation_id, inbox_id=event.inbox_id)]
        case ConversationAssigned():
            return [NoteOwner(**_meta(recorded), conversation_id=event.conversation_id, agent_id=event.assignee.id)]
        case ConversationUnassigned():
            return [NoteOwner(**_meta(recorded), conversation_id=event.conversation_id, agent_id=None)]
        case ConversationClosed():
            return [ReleaseConversation(**_meta(recorded), conversation_id=event.conversation_id)]
        case ConversationReopened():
            return [NoteOwner(**_meta(recorded), conversation_id=event.conversation_id, agent_id=event.owner_id)]
        case _:
            return []


def hear_gateway(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """Colleagues join, leave, connect and go."""
    event = recorded.event
    match event:
        case AccountCreated() if event.role != "viewer":
            return [JoinDesk(**_meta(recorded), agent_id=event.account_id, name=event.name, capacity=event.capacity)]
        case AccountDeactivated():
            return [LeaveDesk(**_meta(recorded), agent_id=event.account_id)]
        case PresenceChanged():
            return [NoteConnection(**_meta(recorded), agent_id=event.account_id, connected=event.connected)]
        case _:
            return []
