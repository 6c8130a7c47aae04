"""What an agent asks for, as commands to the services that decide it."""

from dataclasses import dataclass
from typing import Any, assert_never

from shared.clock import now
from shared.contracts.asks import (
    AddCommentAsk,
    AgentAsk,
    AssignAsk,
    CloseAsk,
    CreateTicketAsk,
    IdentifyContactAsk,
    MarkReadAsk,
    PostMessageAsk,
    ReadNoticeAsk,
    RenameContactAsk,
    ReopenAsk,
    SendTranscriptAsk,
    SetAvailabilityAsk,
)  # fmt: skip
from shared.contracts.contacts import IdentifyContact, RenameContact
from shared.contracts.conversations import (
    AddComment,
    AssignConversation,
    CloseConversation,
    CreateTicket,
    MarkRead,
    PostMessage,
    ReopenConversation,
    UnassignConversation,
)  # fmt: skip
from shared.contracts.notifications import ReadNotice
from shared.contracts.routing import SetAvailability
from shared.contracts.transcripts import SendTranscript
from shared.contracts.values import Assignee, Author, Content
from shared.contracts.views import Person
from shared.messages import Command


@dataclass(frozen=True)
class LookedUp:
    """What the ask itself does not hold: the content of what is said, the colleague who is to own it."""

    content: Content | None = None
    colleague: Person | None = None


def for_agent(ask: AgentAsk, person: Person, found: LookedUp) -> tuple[str, Command]:
    """The service that decides, and the command for it."""
    meta: dict[str, Any] = {"command_id": ask.command_id, "at": now(), "actor": f"agent:{person.id}"}
    match ask:
        case SetAvailabilityAsk():
            return "routing", SetAvailability(**meta, agent_id=person.id, available=ask.available)
        case ReadNoticeAsk():
            return "notifications", ReadNotice(**meta, notice_id=ask.notice_id)
        case SendTranscriptAsk():
            return "transcripts", SendTranscript(
                **meta, transcript_id=ask.transcript_id, conversation_id=ask.conversation_id, to_address=ask.address,
                subject=ask.subject,
            )  # fmt: skip
        case RenameContactAsk():
            return "conversations", RenameContact(**meta, contact_id=ask.contact_id, name=ask.name)
        case IdentifyContactAsk():
            return "conversations", IdentifyContact(
                **meta, contact_id=ask.contact_id, address=ask.address, name=ask.name, source="agent"
            )
        case _:
            return "conversations", _in_conversation(ask, person, found, meta | {"conversation_id": ask.conversation_id})


def _in_conversation(
    ask: PostMessageAsk | AddCommentAsk | AssignAsk | CloseAsk | ReopenAsk | MarkReadAsk | CreateTicketAsk,
    person: Person,
    found: LookedUp,
    meta: dict[str, Any],
) -> Command:
    author = Author(kind="agent", id=person.id, name=person.name)
    match ask:
        case PostMessageAsk():
            return PostMessage(**meta, message_id=ask.message_id, author=author, content=_said(found), seen=ask.seen)
        case AddCommentAsk():
            return AddComment(**meta, message_id=ask.message_id, author=author, content=_said(found), mentions=ask.mentions)
        case AssignAsk():
            return _assign(found, meta)
        case CloseAsk():
            return CloseConversation(**meta, closed_by=author, with_ticket=ask.with_ticket)
        case ReopenAsk():
            return ReopenConversation(**meta)
        case MarkReadAsk():
            return MarkRead(**meta, reader="agent", position=ask.position)
        case CreateTicketAsk():
            return CreateTicket(**meta, ticket_id=ask.ticket_id, title=ask.title)
        case _:
            assert_never(ask)


def _said(found: LookedUp) -> Content:
    return found.content or Content()


def _assign(found: LookedUp, meta: dict[str, Any]) -> Command:
    if found.colleague is None:
        return UnassignConversation(**meta)
    return AssignConversation(**meta, assignee=Assignee(id=found.colleague.id, name=found.colleague.name))
