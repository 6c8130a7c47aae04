"""What a visitor may see of their own conversation, event by event. Whatever is not named here stays inside."""

from collections.abc import Mapping
from typing import assert_never

from shared.contracts.conversations import (
    AnyConversationEvent,
    CommentAdded,
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationRead,
    ConversationReopened,
    ConversationStarted,
    ConversationUnassigned,
    ConversationWaiting,
    MessagePosted,
    TicketClosed,
    TicketCreated,
    TranscriptNoted,
)  # fmt: skip

VISIBLE_TYPES = frozenset(
    {
        "conversation_started", "message_posted", "conversation_assigned", "conversation_unassigned",
        "conversation_handed_over", "conversation_waiting", "conversation_closed", "conversation_reopened",
        "conversation_read", "transcript_noted",
    }
)  # fmt: skip
"""Types of which a visitor may see at least some events; a test holds this against `for_visitor`."""

SHOWN_WHOLE: Mapping[str, frozenset[str]] = {
    str(kind.model_fields["type"].default): frozenset(kind.model_fields)
    for kind in (ConversationStarted, MessagePosted, ConversationUnassigned, ConversationRead)
}
"""Types of which visitors see all, with the fields known here: those a newer writer adds may not be theirs to see."""


def for_visitor(event: AnyConversationEvent) -> AnyConversationEvent | None:
    """The event without what is only for colleagues; None when nothing of it is for visitors."""
    match event:
        case ConversationStarted() | MessagePosted() | ConversationUnassigned() | ConversationRead():
            return event
        case ConversationAssigned():
            return event.model_copy(update={"why": (), "bot_led": False})
        case ConversationHandedOver():
            return event.model_copy(update={"note": "", "why": ()})
        case ConversationWaiting():
            return event.model_copy(update={"reason": "", "why": ()})
        case ConversationClosed():
            return event.model_copy(update={"ticket_id": None, "why": ()})
        case ConversationReopened():
            return event.model_copy(update={"owner_id": None})
        case TranscriptNoted():
            return _transcript(event)
        case CommentAdded() | TicketCreated() | TicketClosed():
            return None
        case _:
            assert_never(event)


def _transcript(event: TranscriptNoted) -> TranscriptNoted | None:
    """Only what went out by itself: a transcript sent by hand may have gone to somebody else."""
    if event.by_hand or event.status not in {"requested", "sent"}:
        return None
    return event.model_copy(update={"why": (), "reason": None, "message_id": None})
