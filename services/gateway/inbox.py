"""The inbox row: one pure fold of a conversation's events, and the views a row belongs to.

The browser folds the same way (`web/protocol/row.ts`); a test holds the two against each other for every event type.
"""

from collections.abc import Iterator
from typing import assert_never

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
from shared.contracts.views import ConversationRow, Last, View

PREVIEW = 160


def evolve(row: ConversationRow | None, event: AnyConversationEvent, position: int) -> ConversationRow:
    """The row after `event`, which stands at `position`. An event at or before the row's position changes nothing."""
    if isinstance(event, ConversationStarted):
        return row or _started(event, position)
    if row is None:
        raise ValueError(f"{event.type} of a conversation that never started: {event.conversation_id}")
    if position <= row.position:
        return row
    return row.model_copy(update={"position": position, **_changes(row, event, position)})


def _started(event: ConversationStarted, position: int) -> ConversationRow:
    return ConversationRow(
        conversation_id=event.conversation_id, inbox_id=event.inbox_id, channel_id=event.channel_id, channel=event.channel,
        contact_id=event.contact_id, contact_name=event.contact_name, bot=event.bot, page=event.page, locale=event.locale,
        time_zone=event.time_zone, started_at=event.at, activity_at=event.at, position=position,
    )  # fmt: skip


def _changes(row: ConversationRow, event: AnyConversationEvent, position: int) -> dict[str, object]:
    match event:
        case MessagePosted():
            return _said(row, event, position)
        case CommentAdded():
            return {"last": _last(event, comment=True), "activity_at": event.at}
        case ConversationAssigned():
            return {"assignee": event.assignee, "bot": None, "waiting_reason": None}
        case ConversationUnassigned():
            return {"assignee": None}
        case ConversationHandedOver():
            return {"bot": None, "waiting_since": row.waiting_since or event.at, "activity_at": event.at}
        case ConversationWaiting():
            return {"waiting_reason": event.reason}
        case ConversationClosed():
            return {"status": "closed", "waiting_reason": None, "activity_at": event.at}
        case ConversationReopened():
            since = event.at if _is_owed(row) else None
            return {"status": "open", "bot": None, "waiting_since": since, "activity_at": event.at}
        case ConversationRead():
            return _read(row, event)
        case TicketCreated():
            return {"ticket_id": event.ticket_id, "ticket_open": True}
        case TicketClosed():
            return {"ticket_open": False}
        case TranscriptNoted() | ConversationStarted():
            return {}
        case _:
            assert_never(event)


def _said(row: ConversationRow, event: MessagePosted, position: int) -> dict[str, object]:
    said: dict[str, object] = {"last": _last(event), "last_message": position, "activity_at": event.at}
    match event.author.kind:
        case "visitor" if row.bot is None:
            return said | {"waiting_since": row.waiting_since or event.at}
        case "agent":
            return said | {"waiting_since": None, "agent_read": position, "bot": None}
        case _:
            return said


def _is_owed(row: ConversationRow) -> bool:
    """Whether it was our turn when it ended, or the visitor had the last word with the bot."""
    return row.waiting_since is not None or (row.last is not None and row.last.by == "visitor")


def _read(row: ConversationRow, event: ConversationRead) -> dict[str, object]:
    if event.reader == "visitor":
        return {"visitor_read": max(row.visitor_read, event.position)}
    return {"agent_read": max(row.agent_read, event.position)}


def _last(event: MessagePosted | CommentAdded, comment: bool = False) -> Last:
    text = " ".join(event.content.text.split())[:PREVIEW]
    files = len(event.content.attachments)
    return Last(by=event.author.kind, name=event.author.name, text=text, files=files, comment=comment, at=event.at)


def views_of(row: ConversationRow) -> Iterator[tuple[View, str]]:
    """Each (view, owner) the row counts in; owner is an account id for `mine`, else empty."""
    if row.status == "closed":
        yield "closed", ""
        return
    yield "all_open", ""
    if row.bot is not None:
        yield "bots", ""
    elif row.assignee is None:
        yield "unassigned", ""
    else:
        yield "mine", row.assignee.id
