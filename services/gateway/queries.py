"""What people see, read from the views. A snapshot and its position are read in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from services.gateway.cursor import Cursor, read_cursor, write_cursor
from shared.contracts.live import Notices
from shared.contracts.views import VIEWS, Notice, View
from shared.postgres import Connection, Pool, borrowed

SNAPSHOTS = "gateway_projection_conversations"
"""The projection whose position snapshots carry."""

Page = tuple[list[orjson.Fragment], str | None]

WHERE: dict[View, str] = {
    "all_open": "open",
    "mine": "open and led_by = $1",
    "unassigned": "open and led_by = 'nobody'",
    "bots": "open and led_by = 'bot'",
    "closed": "not open",
}


@asynccontextmanager
async def snapshot(pool: Pool) -> AsyncIterator[tuple[Connection, int]]:
    """A connection that sees one moment, and the position of that moment."""
    async with borrowed(pool) as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection, await connection.fetchval("select position from positions where consumer = $1", SNAPSHOTS) or 0


@dataclass(frozen=True)
class CountersFound:
    """Counters of the shared views, and of some colleagues' own."""

    position: int
    counts: dict[tuple[str, str], int]

    def counts_of(self, account_id: str) -> dict[str, int]:
        """The counters as one colleague sees them."""
        return {view: self.counts.get((view, account_id if view == "mine" else ""), 0) for view in VIEWS}


async def counters_of(pool: Pool, accounts: set[str]) -> CountersFound:
    """The counters these colleagues need."""
    async with snapshot(pool) as (connection, position):
        found = await connection.fetch("select view, owner, n from counters where owner = '' or owner = any($1)", list(accounts))
    return CountersFound(position, {(record["view"], record["owner"]): record["n"] for record in found})


async def rows_of(connection: Connection, view: View, account_id: str, after: str | None, limit: int) -> Page:
    """One page of a view, newest activity first, and the cursor of the page after it."""
    cursor = read_cursor(after) if after else None
    arguments: list[Any] = [account_id] if view == "mine" else []
    where = WHERE[view]
    if cursor:
        arguments += [cursor.activity_at, cursor.conversation_id]
        where += f" and (activity_at, conversation_id) < (${len(arguments) - 1}, ${len(arguments)})"
    found = await connection.fetch(
        f"select activity_at, conversation_id, body::text as body from rows where {where} "
        f"order by activity_at desc, conversation_id desc limit ${len(arguments) + 1}",
        *arguments, limit + 1,
    )  # fmt: skip
    rows = [orjson.Fragment(record["body"]) for record in found[:limit]]
    if len(found) <= limit:
        return rows, None
    last = found[limit - 1]
    return rows, write_cursor(Cursor(last["activity_at"], last["conversation_id"]))


async def notices_of(pool: Pool, account_id: str) -> Notices:
    """What a colleague has not seen yet, newest first."""
    async with borrowed(pool) as connection:
        found = await connection.fetch(
            "select notice_id::text, kind, conversation_id::text, text, at from notices "
            "where agent_id = $1 and not read order by at desc limit 50",
            account_id,
        )
    return Notices(notices=[Notice.model_validate(dict(record)) for record in found])
