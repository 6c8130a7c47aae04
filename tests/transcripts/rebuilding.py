"""Makes a service build its read model anew, and looks at what is in it."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from tests.parley import Parley


async def everything(parley: Parley, service: str, tables: Sequence[str]) -> list[list[tuple[Any, ...]]]:
    """All rows of these tables."""
    connection = await asyncpg.connect(parley.postgres.url)
    rows = [await connection.fetch(f"select * from {service}_views.{table} order by 1") for table in tables]
    await connection.close()
    return [[tuple(row) for row in table] for table in rows]


async def outdate(parley: Parley, service: str) -> None:
    """As after an upgrade with another `schema.sql`: at its next start the service makes its read model anew."""
    connection = await asyncpg.connect(parley.postgres.url)
    await connection.execute(f"update {service}_views.model set version = 'older'")
    await connection.close()
