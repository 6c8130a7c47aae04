"""Conversations: who said what to whom, who owns the thread, and how it ended.

Its refusals are in `refusals.py`. The service also decides contacts (`contacts.py`) and inboxes (`inboxes.py`); the unions at the
foot name all it decides.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.contacts import ContactCommand, ContactEvent
from shared.contracts.inboxes import InboxCommand, InboxEvent
from shared.contracts.values import Assignee, Author, BotRef, Content, Greeting, Page
from shared.messages import Added, Command, Event, Id, Name, Why

# Commands


class StartConversation(Command):
    """A visitor writes for the first time; `greeting` is what the bot had shown them before."""

    circumstances = frozenset({"at", "contact_name", "locale", "time_zone", "bot", "greeting"})
    type: Literal["start_conversation"] = "start_conversation"
    conversation_id: Id
    contact_id: Id
    contact_name: Name
    inbox_id: Id
    channel_id: Id
    channel: Literal["chat"] = "chat"
    page: Page
    locale: Annotated[str, StringConstraints(max_length=35)] = "en"
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"
    bot: BotRef | None = None
    greeting: Annotated[tuple[Greeting, ...], Field(max_length=5)] = ()
    message_id: Id
    content: Content


class PostMessage(Command):
    """Visitor, agent or bot says something. `seen` is the newest position an agent's screen showed (stale-send guard)."""

    circumstances = frozenset({"at", "author"})
    type: Literal["post_message"] = "post_message"
    conversation_id: Id
    message_id: Id
    author: Author
    content: Content
    seen: int | None = None


class AddComment(Command):
    """A note among colleagues; `mentions` are agent ids. No visitor ever sees it."""

    circumstances = frozenset({"at", "author"})
    type: Literal["add_comment"] = "add_comment"
    conversation_id: Id
    message_id: Id
    author: Author
    content: Content
    mentions: Annotated[tuple[Id, ...], Field(max_length=20)] = ()


class AssignConversation(Command):
    """Gives the conversation to somebody. `only_if_unassigned` is how routing asks: people's choices are never overruled."""

    circumstances = frozenset({"at", "why"})
    type: Literal["assign_conversation"] = "assign_conversation"
    conversation_id: Id
    assignee: Assignee
    by: Literal["agent", "routing"] = "agent"
    only_if_unassigned: bool = False
    why: Why = ()


class UnassignConversation(Command):
    """Takes the conversation's owner away."""

    type: Literal["unassign_conversation"] = "unassign_conversation"
    conversation_id: Id


class HandOver(Command):
    """The bot gives the conversation to people, in one step: whatever it says later is refused."""

    type: Literal["hand_over"] = "hand_over"
    conversation_id: Id
    note: Annotated[str, StringConstraints(max_length=1000)] = ""
    why: Why = ()


class NoteWaiting(Command):
    """Routing found nobody; the conversation waits in the unassigned queue, and the reason is shown."""

    type: Literal["note_waiting"] = "note_waiting"
    conversation_id: Id
    reason: Annotated[str, StringConstraints(max_length=300)]
    why: Why = ()


class CloseConversation(Command):
    """Ends the conversation: by an agent, or by the bot's time-out or its own end step. `with_ticket`: its ticket as well."""

    circumstances = frozenset({"at", "closed_by"})
    type: Literal["close_conversation"] = "close_conversation"
    conversation_id: Id
    by: Literal["agent", "bot"] = "agent"
    reason: Literal["closed_by_agent", "visitor_inactive", "bot_finished"] = "closed_by_agent"
    closed_by: Author | None = None
    with_ticket: Added[bool] = False
    why: Why = ()


class ReopenConversation(Command):
    """An agent opens an ended conversation again."""

    type: Literal["reopen_conversation"] = "reopen_conversation"
    conversation_id: Id


class MarkRead(Command):
    """The reader has seen everything up to `position` of the log."""

    type: Literal["mark_read"] = "mark_read"
    conversation_id: Id
    reader: Literal["visitor", "agent"]
    position: Annotated[int, Field(ge=0)]


class CreateTicket(Command):
    """Opens the one ticket a conversation may have; it is never un-linked."""

    type: Literal["create_ticket"] = "create_ticket"
    conversation_id: Id
    ticket_id: Id
    title: Name


class NoteTranscript(Command):
    """What became of the transcript, told to the thread."""

    type: Literal["note_transcript"] = "note_transcript"
    conversation_id: Id
    transcript_id: Id
    status: Literal["requested", "sent", "not_sent", "failed"]
    address: str | None = None
    message_id: str | None = None
    reason: str | None = None
    by_hand: bool = False
    why: Why = ()


# Events


class ConversationEvent(Event):
    """All that happens in a conversation names its inbox and contact, so that rights can be checked without a look-up."""

    conversation_id: Id
    inbox_id: Id
    contact_id: Id


class ConversationStarted(ConversationEvent):
    """A conversation began on `page`; with `bot`, the bot speaks first."""

    type: Literal["conversation_started"] = "conversation_started"
    contact_name: str
    channel_id: Id
    channel: Literal["chat"] = "chat"
    page: Page
    locale: str = "en"
    time_zone: str = "UTC"
    bot: BotRef | None = None


class MessagePosted(ConversationEvent):
    """Somebody said something that everybody in the conversation sees. `with_bot`: the bot still leads and may answer."""

    type: Literal["message_posted"] = "message_posted"
    message_id: Id
    author: Author
    content: Content
    with_bot: bool = False


class CommentAdded(ConversationEvent):
    """A note among colleagues. Never leaves the console."""

    type: Literal["comment_added"] = "comment_added"
    message_id: Id
    author: Author
    content: Content
    mentions: tuple[Id, ...] = ()


class ConversationAssigned(ConversationEvent):
    """The conversation has an owner: `by` an agent's choice, by replying, or by routing. `bot_led`: a bot led it until now."""

    type: Literal["conversation_assigned"] = "conversation_assigned"
    assignee: Assignee
    bot_led: bool = False
    by: Literal["agent", "reply", "routing"]
    why: Why = ()


class ConversationUnassigned(ConversationEvent):
    """The conversation has no owner any more."""

    type: Literal["conversation_unassigned"] = "conversation_unassigned"


class ConversationHandedOver(ConversationEvent):
    """The bot gave the conversation to people."""

    type: Literal["conversation_handed_over"] = "conversation_handed_over"
    bot: BotRef
    note: str = ""
    why: Why = ()


class ConversationWaiting(ConversationEvent):
    """Nobody was eligible; `reason` says why."""

    type: Literal["conversation_waiting"] = "conversation_waiting"
    reason: str
    why: Why = ()


class ConversationClosed(ConversationEvent):
    """The conversation ended. `with_bot`: no person had taken it over."""

    type: Literal["conversation_closed"] = "conversation_closed"
    by: Literal["agent", "bot"]
    reason: Literal["closed_by_agent", "visitor_inactive", "bot_finished"]
    closed_by: Author | None = None
    with_bot: bool = False
    ticket_id: Id | None = None
    why: Why = ()


class ConversationReopened(ConversationEvent):
    """An ended conversation is open again, with the owner it had."""

    type: Literal["conversation_reopened"] = "conversation_reopened"
    owner_id: Id | None = None


class ConversationRead(ConversationEvent):
    """Visitor or team has seen everything up to `position`."""

    type: Literal["conversation_read"] = "conversation_read"
    reader: Literal["visitor", "agent"]
    position: int


class TicketCreated(ConversationEvent):
    """The conversation got its ticket."""

    type: Literal["ticket_created"] = "ticket_created"
    ticket_id: Id
    title: str


class TicketClosed(ConversationEvent):
    """The ticket was closed together with its conversation."""

    type: Literal["ticket_closed"] = "ticket_closed"
    ticket_id: Id


class TranscriptNoted(ConversationEvent):
    """What became of the transcript: requested, sent (to whom, with which Message-ID), failed, or not sent and why."""

    type: Literal["transcript_noted"] = "transcript_noted"
    transcript_id: Id
    status: Literal["requested", "sent", "not_sent", "failed"]
    address: str | None = None
    message_id: str | None = None
    reason: str | None = None
    by_hand: bool = False
    why: Why = ()


ConversationCommand = (
    StartConversation | PostMessage | AddComment | AssignConversation | UnassignConversation | HandOver | NoteWaiting
    | CloseConversation | ReopenConversation | MarkRead | CreateTicket | NoteTranscript
)  # fmt: skip
ConversationsCommand = Annotated[ConversationCommand | ContactCommand | InboxCommand, Field(discriminator="type")]

AnyConversationEvent = (
    ConversationStarted | MessagePosted | CommentAdded | ConversationAssigned | ConversationUnassigned
    | ConversationHandedOver | ConversationWaiting | ConversationClosed | ConversationReopened | ConversationRead
    | TicketCreated | TicketClosed | TranscriptNoted
)  # fmt: skip
ConversationsEvent = Annotated[AnyConversationEvent | ContactEvent | InboxEvent, Field(discriminator="type")]
