"""What a conversation is made of: values that several services read in events."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.messages import Id, Name, Value

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]

LONGEST_HTML = 60_000
"""Characters of a message's rich form."""


class Author(Value):
    """Who wrote a message, with the name they had then."""

    kind: Literal["visitor", "agent", "bot"]
    id: Id
    name: Name


class Assignee(Value):
    """Who owns a conversation."""

    kind: Literal["agent"] = "agent"
    id: Id
    name: Name


class BotRef(Value):
    """The bot that speaks in a conversation until people take over."""

    id: Id
    name: Name
    version: int


class Attachment(Value):
    """An uploaded file. `size` in bytes; `width` and `height` in pixels, for images only."""

    file_id: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    media_type: Annotated[str, StringConstraints(max_length=127)]
    size: Annotated[int, Field(ge=0, le=25 * 1024 * 1024)]
    width: int | None = None
    height: int | None = None


class QuickReply(Value):
    """A button under a bot's question; `value` is what the bot understands."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Page(Value):
    """A page of the customer's site."""

    url: Annotated[str, StringConstraints(max_length=2048, pattern=r"^https?://")]
    title: Annotated[str, StringConstraints(max_length=300)] = ""


class Content(Value):
    """What a message says. `html` is the cleaned rich form of `text`; either text or an attachment must be there."""

    text: Text = ""
    html: Annotated[str, StringConstraints(max_length=LONGEST_HTML)] | None = None
    attachments: Annotated[tuple[Attachment, ...], Field(max_length=10)] = ()
    quick_replies: Annotated[tuple[QuickReply, ...], Field(max_length=12)] = ()


class Greeting(Value):
    """One bubble the bot had already shown when the visitor wrote."""

    message_id: Id
    content: Content
