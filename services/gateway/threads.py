"""Opened conversations, read from the views: for colleagues everything, for visitors what is theirs to see."""

from datetime import datetime
from typing import Any

import orjson
from asyncpg import Record
from pydantic import TypeAdapter

from services.gateway.projections.contacts import contact_of
from services.gateway.queries import snapshot
from services.gateway.visibility import VISIBLE_TYPES, for_visitor
from shared.contracts.conversations import ConversationsEvent
from shared.contracts.refusals import ConversationNotFound
from shared.contracts.views import Entry, VisitorThread
from shared.postgres import Connection, Pool, borrowed

PAGE = 100
PAST = 20
OWN_THREADS = 20
_events: TypeAdapter[Any] = TypeAdapter(ConversationsEvent)

ENTRIES = """
select position, body::text as body from entries
where conversation_id = $1 and position < $2 and type = any($3::text[]) order by position desc limit $4
"""
CONTACT = """
select r.contact_id, coalesce(c.name, r.body ->> 'contact_name') as name, c.address, coalesce(c.locale, 'en') as locale,
       coalesce(c.time_zone, 'UTC') as time_zone, coalesce(c.met_at, r.activity_at) as met_at
from rows r left join contacts c using (contact_id) where r.conversation_id = $1
"""
EVERY = sorted(VISIBLE_TYPES | {"comment_added", "ticket_created", "ticket_closed"})
END = 2**62
ACTIVITIES = {
    "conversation_started", "message_posted", "conversation_handed_over", "conversation_closed", "conversation_reopened",
}  # fmt: skip


async def thread_of(pool: Pool, conversation_id: str, epoch: str) -> dict[str, Any]:
    """A `Thread`. Raises ConversationNotFound."""
    async with snapshot(pool) as (connection, position):
        row = await connection.fetchrow(
            "select contact_id, body::text as body from rows where conversation_id = $1", conversation_id
        )
        contact = await connection.fetchrow(CONTACT, conversation_id)
        if row is None or contact is None:
            raise ConversationNotFound
        past = await connection.fetch(
            "select body::text as body from rows where contact_id = $1 and conversation_id <> $2 "
            "order by activity_at desc limit $3",
            row["contact_id"], conversation_id, PAST,
        )  # fmt: skip
        entries, earlier = await _page(connection, conversation_id, END)
    return {
        "epoch": epoch, "position": position, "conversation": orjson.Fragment(row["body"]),
        "contact": contact_of(contact).model_dump(mode="json"), "entries": entries, "earlier": earlier,
        "past": [orjson.Fragment(record["body"]) for record in past],
    }  # fmt: skip


async def entries_before(pool: Pool, conversation_id: str, before: int) -> dict[str, Any]:
    """Older entries of a thread. Raises ConversationNotFound."""
    async with borrowed(pool) as connection:
        if not await connection.fetchval("select true from rows where conversation_id = $1", conversation_id):
            raise ConversationNotFound
        entries, earlier = await _page(connection, conversation_id, before)
    return {"entries": entries, "earlier": earlier}


async def visitor_threads(connection: Connection, contact_id: str) -> list[VisitorThread]:
    """A visitor's own conversations, newest activity first."""
    rows = await connection.fetch(
        "select conversation_id::text, open, (body ->> 'started_at')::timestamptz as started_at from rows "
        "where contact_id = $1 order by activity_at desc limit $2",
        contact_id, OWN_THREADS,
    )  # fmt: skip
    threads = [await _visitor_thread(connection, row) for row in rows]
    return sorted(threads, key=lambda thread: thread.activity_at, reverse=True)


async def _visitor_thread(connection: Connection, row: Record) -> VisitorThread:
    entries, earlier = await _visible_page(connection, row["conversation_id"], END)
    return VisitorThread(
        conversation_id=row["conversation_id"], status="open" if row["open"] else "closed",
        activity_at=_visible_activity(entries) or row["started_at"],
        entries=entries, earlier=earlier,
    )  # fmt: skip


def _visible_activity(entries: list[Entry]) -> datetime | None:
    """When something last happened that the visitor saw: the row's own activity would tell of comments."""
    return next((entry.event.at for entry in reversed(entries) if entry.event.type in ACTIVITIES), None)


async def visitor_entries_before(pool: Pool, contact_id: str, conversation_id: str, before: int) -> dict[str, Any]:
    """Older entries of a visitor's own thread. Raises ConversationNotFound, for others' conversations too."""
    async with borrowed(pool) as connection:
        own = await connection.fetchval(
            "select true from rows where conversation_id = $1 and contact_id = $2", conversation_id, contact_id
        )
        if not own:
            raise ConversationNotFound
        entries, earlier = await _visible_page(connection, conversation_id, before)
    return {"entries": [entry.model_dump(mode="json") for entry in entries], "earlier": earlier}


async def _page(connection: Connection, conversation_id: str, before: int) -> tuple[list[orjson.Fragment], int | None]:
    found, earlier = await _newest(connection, conversation_id, before, EVERY)
    return [orjson.Fragment(f'{{"position":{record["position"]},"event":{record["body"]}}}') for record in found], earlier


async def _visible_page(connection: Connection, conversation_id: str, before: int) -> tuple[list[Entry], int | None]:
    found, earlier = await _newest(connection, conversation_id, before, sorted(VISIBLE_TYPES))
    shown = [(record["position"], for_visitor(_events.validate_json(record["body"]))) for record in found]
    return [Entry(position=position, event=event) for position, event in shown if event], earlier


async def _newest(connection: Connection, conversation_id: str, before: int, types: list[str]) -> tuple[list[Record], int | None]:
    """The newest entries before a position, oldest first, and where older ones end."""
    found = await connection.fetch(ENTRIES, conversation_id, before, types, PAGE + 1)
    page = found[:PAGE][::-1]
    return page, page[0]["position"] if len(found) > PAGE else None
