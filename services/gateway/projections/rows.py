"""Inbox rows and their counters: each batch reads the rows it touches once, folds in memory, and writes them once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from services.gateway.inbox import evolve, views_of
from shared.contracts.contacts import ContactIdentified, ContactRenamed
from shared.contracts.conversations import ConversationEvent
from shared.contracts.views import ConversationRow
from shared.envelope import Recorded
from shared.postgres import Connection

Rows = dict[str, ConversationRow]
Counts = Counter[tuple[str, str]]

UPSERT = """
insert into rows (conversation_id, contact_id, open, led_by, activity_at, body)
select * from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::timestamptz[], $6::text[]::jsonb[])
on conflict (conversation_id) do update set open = excluded.open, led_by = excluded.led_by,
    activity_at = excluded.activity_at, body = excluded.body
"""
COUNT = """
insert into counters (view, owner, n) select * from unnest($1::text[], $2::text[], $3::int[])
on conflict (view, owner) do update set n = counters.n + excluded.n
"""


async def fold(connection: Connection, batch: list[Recorded[Any]]) -> bool:
    """Brings the rows up to date. Answers whether a counter changed."""
    rows = await _touched(connection, batch)
    before = _counts(rows.values())
    for recorded in batch:
        _fold_one(rows, recorded)
    await _write(connection, list(rows.values()))
    after = _counts(rows.values())
    after.subtract(before)
    return await _count(connection, {key: n for key, n in after.items() if n})


async def _touched(connection: Connection, batch: list[Recorded[Any]]) -> Rows:
    conversations = {r.event.conversation_id for r in batch if isinstance(r.event, ConversationEvent)}
    renamed = {r.event.contact_id for r in batch if _new_name(r.event)}
    found = await connection.fetch(
        "select body from rows where conversation_id = any($1::uuid[]) "
        "union all select body from rows where contact_id = any($2::uuid[]) and conversation_id <> all($1::uuid[])",
        list(conversations), list(renamed),
    )  # fmt: skip
    rows = [ConversationRow.model_validate(record["body"]) for record in found]
    return {row.conversation_id: row for row in rows}


def _fold_one(rows: Rows, recorded: Recorded[Any]) -> None:
    event = recorded.event
    if isinstance(event, ConversationEvent):
        rows[event.conversation_id] = evolve(rows.get(event.conversation_id), event, recorded.position)  # type: ignore[arg-type]
    elif name := _new_name(event):
        for row in rows.values():
            if row.contact_id == event.contact_id:
                rows[row.conversation_id] = row.model_copy(update={"contact_name": name})


def _new_name(event: Any) -> str | None:
    return event.name if isinstance(event, ContactRenamed | ContactIdentified) else None


async def _write(connection: Connection, rows: list[ConversationRow]) -> None:
    if rows:
        await connection.execute(
            UPSERT,
            [row.conversation_id for row in rows],
            [row.contact_id for row in rows],
            [row.status == "open" for row in rows],
            [led_by(row) for row in rows],
            [row.activity_at for row in rows],
            [row.model_dump_json() for row in rows],
        )


def led_by(row: ConversationRow) -> str:
    """Who leads it: `bot`, `nobody`, or the owner's account id."""
    if row.bot is not None:
        return "bot"
    return row.assignee.id if row.assignee else "nobody"


def _counts(rows: Iterable[ConversationRow]) -> Counts:
    return Counter(key for row in rows for key in views_of(row))


async def _count(connection: Connection, changes: dict[tuple[str, str], int]) -> bool:
    if changes:
        views, owners = zip(*sorted(changes), strict=True)
        await connection.execute(COUNT, views, owners, [changes[key] for key in sorted(changes)])
        await connection.execute("delete from counters where n = 0")  # so that the fold is the same however it was batched
    return bool(changes)
