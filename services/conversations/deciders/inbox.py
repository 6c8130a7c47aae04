"""An inbox, and the channels that fill it. Each is its own small stream with one kind of state: what it was set to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from shared.contracts.inboxes import (
    ChangeChannel,
    ChannelChanged,
    ChannelConnected,
    ChannelNotFound,
    ChannelSettings,
    ConnectChannel,
    InboxCommand,
    InboxEvent,
    InboxOpened,
    OpenInbox,
)  # fmt: skip
from shared.decider import Decider
from shared.messages import Event


@dataclass(frozen=True)
class Setup:
    """What there is: an inbox or a channel."""

    inbox_id: str = ""
    settings: ChannelSettings | None = None


def decide(command: InboxCommand, state: Setup) -> Sequence[Event]:
    """The events that follow. Raises ChannelNotFound for a channel never connected."""
    match command:
        case OpenInbox():
            return [] if state.inbox_id else [_opened(command)]
        case ConnectChannel():
            return [] if state.inbox_id else [_connected(command)]
        case ChangeChannel():
            return _change(command, state)
        case _:
            assert_never(command)


def _opened(command: OpenInbox) -> InboxOpened:
    return InboxOpened(at=command.at, inbox_id=command.inbox_id, name=command.name, fallback_address=command.fallback_address)


def _connected(command: ConnectChannel) -> ChannelConnected:
    return ChannelConnected(at=command.at, channel_id=command.channel_id, inbox_id=command.inbox_id, settings=command.settings)


def _change(command: ChangeChannel, state: Setup) -> Sequence[Event]:
    if not state.inbox_id:
        raise ChannelNotFound
    if command.settings == state.settings:
        return []
    return [ChannelChanged(at=command.at, channel_id=command.channel_id, inbox_id=state.inbox_id, settings=command.settings)]


def evolve(_: Setup, event: InboxEvent) -> Setup:
    """The inbox or channel after `event`."""
    match event:
        case InboxOpened():
            return Setup(event.inbox_id)
        case ChannelConnected() | ChannelChanged():
            return Setup(event.inbox_id, event.settings)
        case _:
            assert_never(event)


def _stream(command: InboxCommand) -> str:
    return f"inbox-{command.inbox_id}" if isinstance(command, OpenInbox) else f"channel-{command.channel_id}"


DECIDER = Decider(commands=InboxCommand.__args__, stream_of=_stream, initial=Setup(), decide=decide, evolve=evolve)
