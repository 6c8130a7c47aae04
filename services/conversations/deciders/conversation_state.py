"""What deciding about a conversation needs to know, and how each event changes it."""

from dataclasses import dataclass, replace
from typing import Any, assert_never

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
from shared.contracts.values import Assignee, BotRef


@dataclass(frozen=True)
class Conversation:
    """What deciding needs to know.

    `newest` is position and author of the last message, `newest_other` those of the last one by somebody else than that author.
    `last` is the position of the last event, not counting that something was read.
    """

    conversation_id: str = ""
    inbox_id: str = ""
    contact_id: str = ""
    contact_name: str = ""
    open: bool = False
    bot: BotRef | None = None
    assignee: Assignee | None = None
    ticket_id: str | None = None
    ticket_open: bool = False
    waiting_reason: str | None = None
    last: int = 0
    newest: tuple[int, str] = (0, "")
    newest_other: tuple[int, str] = (0, "")
    read: tuple[tuple[str, int], ...] = ()
    transcripts: tuple[tuple[str, str], ...] = ()

    @property
    def started(self) -> bool:
        """Whether there is such a conversation."""
        return bool(self.conversation_id)


def evolve(state: Conversation, event: AnyConversationEvent) -> Conversation:
    """The conversation after `event`."""
    match event:
        case ConversationStarted():
            return Conversation(
                conversation_id=event.conversation_id, inbox_id=event.inbox_id, contact_id=event.contact_id,
                contact_name=event.contact_name, open=True, bot=event.bot,
            )  # fmt: skip
        case MessagePosted():
            return replace(state, bot=None) if event.author.kind == "agent" else state
        case ConversationAssigned():
            return replace(state, assignee=event.assignee, bot=None, waiting_reason=None)
        case ConversationUnassigned():
            return replace(state, assignee=None)
        case ConversationHandedOver():
            return replace(state, bot=None)
        case ConversationWaiting():
            return replace(state, waiting_reason=event.reason)
        case ConversationClosed():
            return replace(state, open=False, waiting_reason=None)
        case ConversationReopened():
            return replace(state, open=True, bot=None)
        case ConversationRead():
            return replace(state, read=_with(state.read, event.reader, event.position))
        case TicketCreated():
            return replace(state, ticket_id=event.ticket_id, ticket_open=True)
        case TicketClosed():
            return replace(state, ticket_open=False)
        case TranscriptNoted():
            return replace(state, transcripts=_with(state.transcripts, event.transcript_id, event.status))
        case CommentAdded():
            return state
        case _:
            assert_never(event)


def _with(pairs: tuple[tuple[str, Any], ...], key: str, value: Any) -> tuple[tuple[str, Any], ...]:
    return tuple({**dict(pairs), key: value}.items())


def place(state: Conversation, event: AnyConversationEvent, position: int) -> Conversation:
    """Notes where the newest events stand: for the stale-send guard, and for what can have been read."""
    if isinstance(event, ConversationRead):
        return state
    state = replace(state, last=position)
    if not isinstance(event, MessagePosted):
        return state
    other = state.newest if state.newest[1] != event.author.id else state.newest_other
    return replace(state, newest=(position, event.author.id), newest_other=other)
