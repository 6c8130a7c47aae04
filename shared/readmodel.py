"""Read models are disposable: made from `schema.sql`, and made anew beside the old one when that file changes.

A service's read model lives in the schema `<service>_views` together with the positions of its projections. A rebuild fills
`<service>_views_next` from the owners' logs, then the two change names in one transaction: no reader ever sees half a view.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import structlog
from asyncpg import DeadlockDetectedError

from shared.bus import Bus
from shared.consuming import Consumer, move_position, read_position
from shared.envelope import Raw
from shared.errors import Unavailable
from shared.postgres import Connection, Pool, borrowed, schemas
from shared.reading import Doubt, events_after
from shared.timers import TIMERS_SQL

if TYPE_CHECKING:
    from shared.service import Service

log = structlog.get_logger()

SWITCH_TRIES = 20

Source = Callable[[str, int], Awaitable[list[Raw]]]
"""The events of a service after a position; empty when there are no more."""

WAIT_SECONDS = 0.2
POSITIONS_SQL = """
create table positions (consumer text primary key, position bigint not null);
create table model (version text not null);
"""


def model_version(service: "Service") -> str:
    """Changes when the read model's shape does."""
    return blake2b(_schema_sql(service).encode(), digest_size=8).hexdigest()


def _schema_sql(service: "Service") -> str:
    own = service.folder / "schema.sql"
    return POSITIONS_SQL + TIMERS_SQL + (own.read_text() if own.exists() else "")


async def prepare_views(pool: Pool, service: "Service", bus: Bus) -> None:
    """Makes the read model when it is missing, rebuilds it when `schema.sql` has changed."""
    views = f"{service.name}_views"
    async with _alone(pool, service) as connection:
        if await connection.fetchval("select to_regclass($1)", f"{views}.model") is None:
            await _make(connection, service, views)
        elif await connection.fetchval(f"select version from {views}.model") != model_version(service):
            log.info("read_model_changed", service=service.name)
            await _rebuild(pool, service, bus)


@asynccontextmanager
async def _alone(pool: Pool, service: "Service") -> AsyncIterator[Connection]:
    """Nobody else makes or rebuilds this read model meanwhile; whoever else wants to waits, however long that takes."""
    key = f"{service.name}/views"
    async with borrowed(pool) as connection:
        while not await connection.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", key):
            await asyncio.sleep(WAIT_SECONDS)
        try:
            yield connection
        finally:
            await connection.execute("select pg_advisory_unlock(hashtextextended($1, 0))", key)


async def _make(connection: Connection, service: "Service", views: str) -> None:
    async with connection.transaction():
        await connection.execute(f"drop schema if exists {views} cascade; create schema {views}")
        await connection.execute(f"set local search_path to {schemas(service.name, views)}")
        await connection.execute(_schema_sql(service))
        await connection.execute("insert into model values ($1)", model_version(service))


async def rebuild(pool: Pool, service: "Service", bus: Bus) -> dict[str, int]:
    """Folds every log again into a new read model and puts it in the old one's place. Answers with events read by source."""
    async with _alone(pool, service):
        return await _rebuild(pool, service, bus)


async def _rebuild(pool: Pool, service: "Service", bus: Bus) -> dict[str, int]:
    views, upcoming = f"{service.name}_views", f"{service.name}_views_next"
    async with borrowed(pool) as connection:
        read = await fold_into(connection, service, upcoming, partial(_from_owner, bus))
        await _switch(connection, service, views, upcoming)
    log.info("read_model_rebuilt", service=service.name, **read)
    return read


async def _switch(connection: Connection, service: "Service", views: str, upcoming: str) -> None:
    """Old and new change places. A projection may hold a row we wait for and wait for a table we hold: then we step back."""
    folded = [consumer.name for consumer in service.projections()]
    for _ in range(SWITCH_TRIES):
        try:
            async with connection.transaction():
                await connection.execute(f"drop schema if exists {views} cascade; alter schema {upcoming} rename to {views}")
                await connection.execute("delete from parked where consumer = any($1)", folded)
        except DeadlockDetectedError:
            log.info("switch_steps_back", views=views)
        else:
            return
    raise Unavailable(f"{views} is too busy to be switched; try again")


async def fold_into(connection: Connection, service: "Service", views: str, source: Source) -> dict[str, int]:
    """Makes the read model in the schema `views` from all that `source` gives. Answers with the last position by source."""
    await _make(connection, service, views)
    await connection.execute(f"set search_path to {schemas(service.name, views)}")
    try:
        return {consumer.source: await _catch_up(connection, source, consumer) for consumer in service.projections()}
    finally:
        await connection.execute(f"set search_path to {schemas(service.name)}")


async def _catch_up(connection: Connection, source: Source, consumer: Consumer) -> int:
    while True:
        position = await read_position(connection, consumer.name)
        batch = await source(consumer.source, position)
        if not batch:
            return position
        events = [raw.read(consumer.contract) for raw in batch if raw.type in consumer.hears]
        async with connection.transaction():
            if events:
                await consumer.effect(connection, events)
            await move_position(connection, consumer.name, position, batch[-1].position)


async def _from_owner(bus: Bus, source: str, position: int) -> list[Raw]:
    for _ in range(60):
        try:
            return await events_after(bus, source, position)
        except Doubt:
            await asyncio.sleep(0.5)
    raise Doubt(f"{source} does not answer; start it, then rebuild again")
