"""Inboxes and their channels, decided by the conversations service."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from shared.errors import NotFound
from shared.messages import Address, Command, Event, Id, Name, Value

# Values


class Appearance(Value):
    """How the widget of a chat channel looks and speaks. Colours are `#rrggbb`."""

    brand: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")] = "#1e5f4e"
    heading: Annotated[str, StringConstraints(max_length=120)] = "Hello! What can we do for you?"
    company: Name = "Parley"
    side: Literal["left", "right"] = "right"


class ChannelSettings(Value):
    """What an operator decides about a chat channel. `allowed_origins` empty means any site may embed it."""

    name: Name
    appearance: Appearance = Appearance()
    bot_id: Id | None = None
    transcripts: bool = True
    transcript_from: Address | None = None
    allowed_origins: tuple[str, ...] = ()


# Refusals


class ChannelNotFound(NotFound):
    """There is no such channel."""


# Commands


class OpenInbox(Command):
    """A new inbox; `fallback_address` is what its mail comes from when a channel names no address of its own."""

    type: Literal["open_inbox"] = "open_inbox"
    inbox_id: Id
    name: Name
    fallback_address: Address


class ConnectChannel(Command):
    """A chat channel (a widget) starts filling an inbox."""

    type: Literal["connect_channel"] = "connect_channel"
    channel_id: Id
    inbox_id: Id
    settings: ChannelSettings


class ChangeChannel(Command):
    """New settings for a channel."""

    type: Literal["change_channel"] = "change_channel"
    channel_id: Id
    settings: ChannelSettings


# Events


class InboxOpened(Event):
    """A new inbox."""

    type: Literal["inbox_opened"] = "inbox_opened"
    inbox_id: Id
    name: str
    fallback_address: str


class ChannelConnected(Event):
    """A chat channel fills an inbox."""

    type: Literal["channel_connected"] = "channel_connected"
    channel_id: Id
    inbox_id: Id
    settings: ChannelSettings


class ChannelChanged(Event):
    """A channel has new settings."""

    type: Literal["channel_changed"] = "channel_changed"
    channel_id: Id
    inbox_id: Id
    settings: ChannelSettings


InboxCommand = OpenInbox | ConnectChannel | ChangeChannel
InboxEvent = InboxOpened | ChannelConnected | ChannelChanged
