"""Whom to write to, from where, and what is still open: one statement per table and batch, the newest fact of the batch."""

from datetime import UTC
from typing import Any

from shared.contracts.contacts import ContactIdentified
from shared.contracts.conversations import ConversationClosed, ConversationReopened, ConversationStarted
from shared.contracts.inboxes import ChannelChanged, ChannelConnected, InboxOpened
from shared.envelope import Recorded
from shared.postgres import Connection, write_each

CONVERSATIONS = frozenset(
    {
        "contact_identified", "inbox_opened", "channel_connected", "channel_changed", "conversation_started",
        "conversation_closed", "conversation_reopened",
    }
)  # fmt: skip


async def project(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Keeps what `queries` will be asked."""
    events = [recorded.event for recorded in batch]
    await _contacts(connection, {e.contact_id: e.address for e in events if isinstance(e, ContactIdentified)})
    await _claims(connection, [(r.position, r.event) for r in batch if isinstance(r.event, ContactIdentified)])
    await _endings(connection, [(r.position, r.event) for r in batch if isinstance(r.event, ConversationClosed)])
    await _inboxes(connection, {e.inbox_id: e.fallback_address for e in events if isinstance(e, InboxOpened)})
    changes = [(r.position, r.event) for r in batch if isinstance(r.event, ChannelConnected | ChannelChanged)]
    await _switches(connection, changes)
    changed = {e.channel_id: e.settings for _, e in changes}
    await _channels(connection, {channel_id: settings.model_dump(mode="json") for channel_id, settings in changed.items()})
    await _started(connection, [e for e in events if isinstance(e, ConversationStarted)])
    turns = {e.conversation_id: e for e in events if isinstance(e, ConversationClosed | ConversationReopened)}
    await _status(connection, {id_: "closed" if isinstance(e, ConversationClosed) else "open" for id_, e in turns.items()})


async def _contacts(connection: Connection, addresses: dict[str, str]) -> None:
    await write_each(
        connection,
        "insert into contacts values ($1, $2) on conflict (contact_id) do update set address = excluded.address",
        addresses.items(),
    )


async def _claims(connection: Connection, events: list[tuple[int, ContactIdentified]]) -> None:
    await write_each(
        connection,
        "insert into claims values ($1, $2, $3, $4)",
        [(position, e.contact_id, e.address.lower(), e.source != "agent") for position, e in events],
    )


async def _endings(connection: Connection, events: list[tuple[int, ConversationClosed]]) -> None:
    await write_each(
        connection,
        "insert into endings values ($1, $2, $3, $4)",
        [
            (position, e.conversation_id, e.contact_id, e.at.astimezone(UTC).date())
            for position, e in events
            if not e.with_bot and e.ticket_id is None
        ],
    )


async def _inboxes(connection: Connection, addresses: dict[str, str]) -> None:
    await write_each(
        connection,
        "insert into inboxes values ($1, $2) on conflict (inbox_id) do update set fallback_address = excluded.fallback_address",
        addresses.items(),
    )


async def _channels(connection: Connection, settings: dict[str, dict[str, Any]]) -> None:
    await write_each(
        connection,
        "insert into channels values ($1, $2) on conflict (channel_id) do update set settings = excluded.settings",
        settings.items(),
    )


async def _switches(connection: Connection, events: list[tuple[int, ChannelConnected | ChannelChanged]]) -> None:
    await write_each(
        connection,
        "insert into switches values ($1, $2, $3)",
        [(position, e.channel_id, e.settings.transcripts) for position, e in events],
    )


async def _started(connection: Connection, events: list[ConversationStarted]) -> None:
    await write_each(
        connection,
        "insert into conversations values ($1, $2, $3, $4, $5, 'open') on conflict do nothing",
        [(e.conversation_id, e.inbox_id, e.channel_id, e.contact_id, e.locale) for e in events],
    )


async def _status(connection: Connection, statuses: dict[str, str]) -> None:
    await write_each(connection, "update conversations set status = $2 where conversation_id = $1", statuses.items())
