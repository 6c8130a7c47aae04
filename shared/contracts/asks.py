"""What a browser may ask for. The edge adds who asks and when, and turns each ask into the owner's command.

An ask is sent over the live socket (`{"type": "ask", "ask": {…}}`) or by HTTP (`POST /api/asks`, `POST /api/widget/asks`);
the answer is the same. `command_id` is made by the browser (a UUID): asking again with the same id has no second effect.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.transcripts import Subject
from shared.contracts.values import Page, Text
from shared.messages import Address, GivenName, Id

NewId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$")]
"""A UUID made by a browser: random (version 4) or by time (7). Never derived (5): those are ours, and could be foreseen."""


class Ask(BaseModel):
    """Something a person wants done."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    command_id: NewId


class Written(BaseModel):
    """What was written. `html` is optional rich text, cleaned again by the server; files are named by their upload's id."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: Text = ""
    html: Annotated[str, StringConstraints(max_length=60_000)] | None = None
    file_ids: Annotated[tuple[Id, ...], Field(max_length=10)] = ()


class PostMessageAsk(Ask):
    """Says something. `seen` is the newest position on an agent's screen; leave it out to send anyway."""

    type: Literal["post_message"] = "post_message"
    conversation_id: Id
    message_id: NewId
    written: Written
    seen: int | None = None


class AddCommentAsk(Ask):
    """Writes a comment for colleagues; `mentions` are account ids."""

    type: Literal["add_comment"] = "add_comment"
    conversation_id: Id
    message_id: NewId
    written: Written
    mentions: Annotated[tuple[Id, ...], Field(max_length=20)] = ()


class AssignAsk(Ask):
    """Gives the conversation to a colleague, or to nobody."""

    type: Literal["assign_conversation"] = "assign_conversation"
    conversation_id: Id
    account_id: Id | None


class CloseAsk(Ask):
    """Ends the conversation. `with_ticket`: closes its ticket as well."""

    type: Literal["close_conversation"] = "close_conversation"
    conversation_id: Id
    with_ticket: bool = False


class ReopenAsk(Ask):
    """Opens it again."""

    type: Literal["reopen_conversation"] = "reopen_conversation"
    conversation_id: Id


class MarkReadAsk(Ask):
    """Everything up to `position` has been seen."""

    type: Literal["mark_read"] = "mark_read"
    conversation_id: Id
    position: Annotated[int, Field(ge=0)]


class RenameContactAsk(Ask):
    """Corrects a contact's name."""

    type: Literal["rename_contact"] = "rename_contact"
    contact_id: Id
    name: GivenName


class IdentifyContactAsk(Ask):
    """Notes a contact's address, and the name that came with it (a visitor: their own, `contact_id` is then ignored)."""

    type: Literal["identify_contact"] = "identify_contact"
    contact_id: Id
    address: Address
    name: GivenName | None = None


class CreateTicketAsk(Ask):
    """Opens a ticket for the conversation."""

    type: Literal["create_ticket"] = "create_ticket"
    conversation_id: Id
    ticket_id: NewId
    title: GivenName


class SendTranscriptAsk(Ask):
    """Mails the transcript of an ended conversation."""

    type: Literal["send_transcript"] = "send_transcript"
    conversation_id: Id
    transcript_id: NewId
    address: Address
    subject: Subject


class SetAvailabilityAsk(Ask):
    """Me: available or away."""

    type: Literal["set_availability"] = "set_availability"
    available: bool


class ReadNoticeAsk(Ask):
    """I have seen this notice."""

    type: Literal["read_notice"] = "read_notice"
    notice_id: Id


class StartConversationAsk(Ask):
    """A visitor's first words. The ids are the browser's, so that a reload sends the very same again."""

    type: Literal["start_conversation"] = "start_conversation"
    conversation_id: NewId
    message_id: NewId
    page: Page
    written: Written


AgentAsk = Annotated[
    PostMessageAsk | AddCommentAsk | AssignAsk | CloseAsk | ReopenAsk | MarkReadAsk | RenameContactAsk | IdentifyContactAsk
    | CreateTicketAsk | SendTranscriptAsk | SetAvailabilityAsk | ReadNoticeAsk,
    Field(discriminator="type"),
]  # fmt: skip
VisitorAsk = Annotated[StartConversationAsk | PostMessageAsk | MarkReadAsk | IdentifyContactAsk, Field(discriminator="type")]
