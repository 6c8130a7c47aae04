"""One conversation that tells every type of event, and the turns where the row fold has to choose."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from shared.contracts.conversations import AnyConversationEvent
from shared.messages import derived_id

EVENT: TypeAdapter[AnyConversationEvent] = TypeAdapter(AnyConversationEvent)

_numbers = count()
_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _id(name: str) -> str:
    return derived_id("row_story", name)


ANA = {"kind": "visitor", "id": _id("ana"), "name": "Ana Horvat"}
BEN = {"kind": "agent", "id": _id("ben"), "name": "Ben Okoro"}
LARCH = {"kind": "bot", "id": _id("larch"), "name": "Larch"}
BOT = {"id": _id("larch"), "name": "Larch", "version": 3}
PAGE = {"url": "https://shop.example/bikes/fell-3", "title": "Fell 3"}
PHOTO = {"file_id": _id("photo"), "name": "frame.jpg", "media_type": "image/jpeg", "size": 81_234}
SPACED = "  The\u00a0frame\u2003is \t\r\n 54 \x85\x1c cm. \ufeff🚲🚲 " + "Long enough to be cut. 🚲 " * 9


def _happened(kind: str, **fields: Any) -> AnyConversationEvent:
    where = {"conversation_id": _id("conversation"), "inbox_id": _id("inbox"), "contact_id": _id("ana")}
    at = _NOON + timedelta(minutes=next(_numbers))
    return EVENT.validate_python({"type": kind, "at": at, **where, **fields})


def _said(author: dict[str, str], text: str, *files: dict[str, Any]) -> AnyConversationEvent:
    content = {"text": text, "attachments": files}
    return _happened("message_posted", message_id=_id(text), author=author, content=content)


_STARTED = _happened(
    "conversation_started",
    contact_name="Visitor 7",
    channel_id=_id("channel"),
    locale="hr",
    time_zone="Europe/Zagreb",
    page=PAGE,
    bot=BOT,
)
_TOLD = (
    _STARTED,
    _said(LARCH, "Which bicycle is it about?"),
    _said(ANA, SPACED, PHOTO),
    _happened("conversation_handed_over", bot=BOT, note="Wants to know her size"),
    _said(ANA, "Hello?"),
    _happened("conversation_waiting", reason="Everybody is away"),
    _happened("conversation_assigned", assignee={"id": BEN["id"], "name": BEN["name"]}, by="routing"),
    _happened("conversation_read", reader="agent", position=9),
    _happened("conversation_read", reader="agent", position=4),
    _happened("comment_added", message_id=_id("comment"), author=BEN, content={"text": "A 52, I think"}),
    _said(BEN, "The 52 is the right one."),
    _happened("conversation_read", reader="visitor", position=31),
    _happened("ticket_created", ticket_id=_id("ticket"), title="A 52 for Ana"),
    _happened("conversation_unassigned"),
    _said(ANA, "", PHOTO, PHOTO),
    _happened("comment_added", message_id=_id("photographed"), author=BEN, content={"text": "Two photos"}),
    _happened("conversation_closed", by="agent", reason="closed_by_agent"),
    _happened("ticket_closed", ticket_id=_id("ticket")),
    _happened("transcript_noted", transcript_id=_id("copy"), status="requested", address="ana@example.org"),
    _happened("conversation_reopened"),
    _said(BEN, "One more thing"),
    _happened("conversation_closed", by="bot", reason="visitor_inactive"),
    _happened("transcript_noted", transcript_id=_id("copy"), status="not_sent", reason="ticket_created"),
    _happened("conversation_reopened"),
)
STORY = (
    *((3 * number, event) for number, event in enumerate(_TOLD, 1)),
    (6, _said(ANA, "An event that comes again changes nothing")),
    (99, _STARTED),
)
"""Positions and events in order; the last two come again."""
