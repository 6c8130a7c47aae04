"""Of the read models: each equals the fold of the logs, table by table, up to the position it has reached."""

from collections.abc import Awaitable, Callable, Mapping

import asyncpg

from shared.envelope import Raw
from shared.eventlog import COLUMNS, raw_of
from shared.postgres import Connection, borrowed
from shared.readmodel import fold_into
from shared.service import Service

BATCH = 1000
DIGEST = "select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from {schema}.{table} t"

TABLES = """
    select relname from pg_class where relnamespace = $1::regnamespace and relkind = 'r' and relname not in ('model', 'timers')
    and coalesce(obj_description(oid), '') <> 'cache'
"""


async def audit_views(pool: asyncpg.Pool, service: Service) -> list[str]:
    """The tables that differ from what the logs say."""
    if not service.projects or await pool.fetchval("select to_regclass($1)", f"{service.name}_views.model") is None:
        return []
    fresh = f"{service.name}_views_audit"
    async with borrowed(pool) as connection:
        positions, kept = await _as_it_is(connection, f"{service.name}_views")
        try:
            by_source = {c.source: positions.get(c.name, 0) for c in service.projections()}
            await fold_into(connection, service, fresh, _from_log(pool, by_source))
            folded = await digests(connection, fresh)
        finally:
            await connection.execute(f"drop schema if exists {fresh} cascade")
    return [
        f"{service.name}: the view {table} is not the fold of the log" for table in sorted(kept) if kept[table] != folded[table]
    ]


async def _as_it_is(connection: Connection, views: str) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Positions and digests as of one moment."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        rows = await connection.fetch(f"select consumer, position from {views}.positions")
        return {row["consumer"]: row["position"] for row in rows}, await digests(connection, views)


async def digests(connection: Connection, schema: str) -> dict[str, str]:
    """A checksum of every table, whatever the order of its rows.

    Left out: timers (fired ones are gone, and rightly) and tables whose comment says that they are a cache.
    """
    tables = await connection.fetch(TABLES, schema)
    return {row[0]: await connection.fetchval(DIGEST.format(schema=schema, table=row[0])) for row in tables}


def _from_log(pool: asyncpg.Pool, until: Mapping[str, int]) -> Callable[[str, int], Awaitable[list[Raw]]]:
    async def read(source: str, position: int) -> list[Raw]:
        if position >= until[source]:
            return []  # without a look: a service that has never run has no log
        async with borrowed(pool) as connection:
            rows = await connection.fetch(
                f"select {COLUMNS} from {source}.events where position > $1 and position <= $2 order by position limit $3",
                position, until[source], BATCH,
            )  # fmt: skip
        return [raw_of(row) for row in rows]

    return read
