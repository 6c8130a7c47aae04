"""P6: the inbox views rebuilt from the log, beside COPY of the very rows that came of it, into tables with the same indexes."""

import asyncio
from collections.abc import Iterator
from io import BytesIO
from time import perf_counter

import asyncpg

from tests.bench.figure import Figure, at_least
from tests.bench.filling import fill
from tests.bench.rows.listing import LARGE
from tests.bench.stage import Stage

TABLES = ("rows", "entries", "contacts")


def measure(stage: Stage) -> Iterator[Figure]:
    """The whole of the operator's command, its start included."""
    stage.parley.start()
    stage.parley.cookie()
    stage.says(f"P6: the views of {LARGE} conversations are rebuilt")
    rebuilt = fill(stage.parley, LARGE)
    stage.says("P6: the same rows by COPY")
    copied = asyncio.run(_copied(stage.parley.parley.postgres.url))
    aims = (at_least(30_000), at_least(0.1, times=True))
    faults = tuple(stage.parley.audited())
    yield Figure("P6", "views rebuilt, events", "/s", rebuilt.events / rebuilt.seconds, rebuilt.events / copied, aims, faults)


async def _copied(url: str) -> float:
    """Seconds."""
    connection = await asyncpg.connect(url)
    seconds = 0.0
    await connection.execute("drop schema if exists copied cascade; create schema copied")
    for table in TABLES:
        await connection.execute(f"create table copied.{table} (like gateway_views.{table} including all)")
        rows = BytesIO()
        await connection.copy_from_table(table, schema_name="gateway_views", output=rows, format="binary")
        rows.seek(0)
        began = perf_counter()
        await connection.copy_to_table(table, schema_name="copied", source=rows, format="binary")
        seconds += perf_counter() - began
    await connection.execute("drop schema copied cascade")
    await connection.close()
    return seconds
