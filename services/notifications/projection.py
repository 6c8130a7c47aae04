"""What waits to be delivered, what notices say, and which notices a reading settles."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from services.notifications.policy import told_by
from shared.contracts.contacts import ContactIdentified, ContactMet, ContactRenamed
from shared.contracts.conversations import (
    CommentAdded,
    ConversationAssigned,
    ConversationRead,
    ConversationStarted,
    MessagePosted,
)  # fmt: skip
from shared.contracts.notifications import DeliveryDeferred, DeliveryFailed, DeliveryRequested, DeliverySent
from shared.envelope import Recorded
from shared.postgres import Connection, write_each

CONVERSATIONS = frozenset(
    {
        "contact_met", "contact_identified", "contact_renamed", "conversation_started", "message_posted",
        "conversation_assigned", "comment_added", "conversation_read",
    }
)  # fmt: skip
OWN = frozenset({"delivery_requested", "delivery_deferred", "delivery_sent", "delivery_failed"})
PREVIEW = 160
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # not the moment of the request: a clock set back must not hold a mail up


async def project_conversations(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Names, newest words, and notices. Readings are taken in order: they settle only what was raised before."""
    events = [recorded.event for recorded in batch]
    await _names(connection, dict(_named(events)))
    await _started(connection, [event for event in events if isinstance(event, ConversationStarted)])
    said = {e.conversation_id: _preview(e) for e in events if isinstance(e, MessagePosted) and e.author.kind == "visitor"}
    await write_each(connection, "update conversations set preview = $2 where conversation_id = $1", said.items())
    await _notices(connection, batch)


def _named(events: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for event in events:
        match event:
            case ContactMet() | ContactRenamed():
                yield event.contact_id, event.name
            case ContactIdentified(name=str(name)):
                yield event.contact_id, name
            case ConversationStarted():
                yield event.contact_id, event.contact_name
            case _:
                continue


async def _names(connection: Connection, names: dict[str, str]) -> None:
    await write_each(
        connection,
        "insert into contacts values ($1, $2) on conflict (contact_id) do update set name = excluded.name",
        names.items(),
    )


async def _started(connection: Connection, started: list[ConversationStarted]) -> None:
    await write_each(
        connection,
        "insert into conversations values ($1, $2) on conflict do nothing",
        [(event.conversation_id, event.contact_id) for event in started],
    )


def _preview(event: MessagePosted) -> str:
    files = ", ".join(file.name for file in event.content.attachments)
    return " ".join((event.content.text or files).split())[:PREVIEW]


async def _notices(connection: Connection, batch: list[Recorded[Any]]) -> None:
    raised: list[tuple[str, str, str, int]] = []
    for recorded in batch:
        event = recorded.event
        if isinstance(event, ConversationAssigned | CommentAdded):
            told = told_by(recorded)
            raised += [(one.notice_id, one.agent_id, event.conversation_id, recorded.position) for one in told]
        elif isinstance(event, ConversationRead) and event.reader == "agent":
            await _raise(connection, raised)
            raised.clear()
            await _settle(connection, recorded.actor.removeprefix("agent:"), event, recorded.position)
    await _raise(connection, raised)


async def _raise(connection: Connection, raised: list[tuple[str, str, str, int]]) -> None:
    await write_each(connection, "insert into notices values ($1, $2, $3, $4) on conflict do nothing", raised)


async def _settle(connection: Connection, agent_id: str, event: ConversationRead, position: int) -> None:
    await connection.execute(
        "update notices set read_at = $4 where agent_id = $1 and conversation_id = $2 and raised_at <= $3 and read_at is null",
        agent_id, event.conversation_id, event.position, position,
    )  # fmt: skip


async def project_deliveries(connection: Connection, batch: list[Recorded[Any]], wake: Callable[[], None]) -> Callable[[], None]:
    """What waits, and until when; `wake` is called once that is committed."""
    due: dict[str, Any] = {}
    for event in (recorded.event for recorded in batch):
        match event:
            case DeliveryRequested():
                due[event.delivery_id] = LONG_AGO
            case DeliveryDeferred():
                due[event.delivery_id] = event.retry_at
            case DeliverySent() | DeliveryFailed():
                due[event.delivery_id] = None
            case _:
                continue
    settled = [delivery_id for delivery_id, at in due.items() if at is None]
    await connection.execute("delete from waiting where delivery_id = any($1)", settled)
    await write_each(
        connection,
        "insert into waiting values ($1, $2) on conflict (delivery_id) do update set due_at = excluded.due_at",
        [(delivery_id, at) for delivery_id, at in due.items() if at is not None],
    )
    return wake
