"""What people see: the rows, threads and counters the gateway answers with. Clients fold events into the very same shapes."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from shared.contracts.contacts import ContactEvent
from shared.contracts.conversations import AnyConversationEvent
from shared.contracts.gateway import Role
from shared.contracts.inboxes import Appearance
from shared.contracts.notifications import NoticeKind
from shared.contracts.values import Assignee, BotRef, Page, QuickReply
from shared.messages import Id, Value

View = Literal["all_open", "mine", "unassigned", "bots", "closed"]
VIEWS: tuple[View, ...] = ("all_open", "mine", "unassigned", "bots", "closed")


class Last(Value):
    """The newest line of a conversation, for its row. `files` counts attachments."""

    by: Literal["visitor", "agent", "bot"]
    name: str
    text: str
    files: int = 0
    comment: bool = False
    at: AwareDatetime


class ConversationRow(Value):
    """A conversation as the list shows it. `position` is the last event folded in.

    `bot` is set while the bot still leads. `waiting_since` is set while it is our turn, and stays when it ends like that.
    `waiting_reason` says why nobody owns it. `visitor_read` and `agent_read` are positions of the log; `last_message` is the
    position of the newest message.
    """

    conversation_id: Id
    inbox_id: Id
    channel_id: Id
    channel: Literal["chat"] = "chat"
    contact_id: Id
    contact_name: str
    status: Literal["open", "closed"] = "open"
    assignee: Assignee | None = None
    bot: BotRef | None = None
    waiting_since: AwareDatetime | None = None
    waiting_reason: str | None = None
    last: Last | None = None
    last_message: int = 0
    visitor_read: int = 0
    agent_read: int = 0
    ticket_id: Id | None = None
    ticket_open: bool = False
    page: Page
    locale: str = "en"
    time_zone: str = "UTC"
    started_at: AwareDatetime
    activity_at: AwareDatetime
    position: int


ClientEvent = Annotated[AnyConversationEvent | ContactEvent, Field(discriminator="type")]


class Entry(Value):
    """One event at its place in the log."""

    position: int
    event: ClientEvent


class Contact(Value):
    """A contact as the sidebar shows it."""

    contact_id: Id
    name: str
    address: str | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    met_at: AwareDatetime


class Thread(BaseModel):
    """A conversation as it is opened: its row and its newest entries, oldest first, all as of `position`.

    `earlier` is the position to ask older entries before; None when `entries` reaches back to the start.
    """

    epoch: str
    position: int
    conversation: ConversationRow
    contact: Contact
    entries: list[Entry]
    earlier: int | None = None
    past: list[ConversationRow] = []


class Rows(BaseModel):
    """One page of a view, newest activity first. `next` is the cursor of the page after it."""

    epoch: str
    position: int
    rows: list[ConversationRow]
    next: str | None = None


class Person(Value):
    """A colleague, as everybody in the console sees them. `load` counts the open conversations they own."""

    id: Id
    name: str
    title: str = ""
    role: Role = "agent"
    avatar_url: str
    available: bool = True
    connected: bool = False
    active: bool = True


class Me(BaseModel):
    """Who is signed in."""

    account_id: Id
    address: str
    name: str
    title: str
    role: Role
    avatar_url: str


class Notice(Value):
    """Something an agent has not seen yet."""

    notice_id: Id
    kind: NoticeKind
    conversation_id: Id
    text: str
    at: AwareDatetime


class Face(Value):
    """A person or bot as visitors see them."""

    id: Id
    name: str
    title: str = ""
    avatar_url: str


class GreetingShown(Value):
    """What the widget shows before the visitor has said anything."""

    bot: Face | None = None
    bubbles: tuple[str, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()


class VisitorThread(Value):
    """A visitor's own conversation, in the events a visitor may see."""

    conversation_id: Id
    status: Literal["open", "closed"]
    activity_at: AwareDatetime
    entries: list[Entry]
    earlier: int | None = None


class WidgetSession(BaseModel):
    """All a widget needs to open: its token (keep it in the browser), looks, greeting, and the visitor's conversations."""

    token: str
    contact_id: Id
    epoch: str
    position: int
    appearance: Appearance
    reply_minutes: int | None = None
    team: list[Face]
    greeting: GreetingShown
    conversations: list[VisitorThread]


class FileUploaded(BaseModel):
    """A stored file; name it by `file_id` in a message. `size` in bytes."""

    file_id: Id
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    url: str
