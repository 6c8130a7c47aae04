"""Read models are disposable: made from `schema.sql` by the projections, and made anew beside the old one when either changes.

A service's read model lives in the schema `<service>_views` together with the positions of its projections. A rebuild fills
`<service>_views_next` from the owners' logs, then the two change names in one transaction: no reader ever sees half a view.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeVar

import structlog
from asyncpg import DeadlockDetectedError

from shared.bus import Bus
from shared.envelope import Raw
from shared.errors import Refused, Unavailable
from shared.folding import Source, beside, fold
from shared.positions import read_position
from shared.postgres import Connection, Pool, borrowed, schemas
from shared.reading import Doubt, Head, events_after
from shared.service import Service

log = structlog.get_logger()
Answer = TypeVar("Answer")

SWITCH_TRIES = 20
OWNER_TRIES = 60
PAUSE_SECONDS = 5.0  # less than anybody who waits for a lock has patience
WAIT_SECONDS = 0.2


async def prepare_views(pool: Pool, service: Service, bus: Bus) -> None:
    """Makes the read model when it is missing, rebuilds it when it is another version's."""
    views = f"{service.name}_views"
    async with _alone(pool, service) as connection:
        if not await _is_made(connection, service):
            await _make(connection, service, views)
        elif await connection.fetchval(f"select version from {views}.model") != service.model_version():
            log.info("read_model_changed", service=service.name)
            await _rebuild(pool, service, bus)


async def _is_made(connection: Connection, service: Service) -> bool:
    return await connection.fetchval("select to_regclass($1)", f"{service.name}_views.model") is not None


@asynccontextmanager
async def _alone(pool: Pool, service: Service) -> AsyncIterator[Connection]:
    """Nobody else makes or rebuilds this read model meanwhile; whoever else wants to waits, however long that takes."""
    key = f"{service.name}/views"
    async with borrowed(pool) as connection:
        while not await connection.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", key):
            await asyncio.sleep(WAIT_SECONDS)
        try:
            yield connection
        finally:
            await connection.execute("select pg_advisory_unlock(hashtextextended($1, 0))", key)


async def _make(connection: Connection, service: Service, views: str) -> None:
    async with connection.transaction():
        await connection.execute(f"drop schema if exists {views} cascade; create schema {views}")
        await connection.execute(f"set local search_path to {schemas(service.name, views)}")
        await connection.execute(service.model_sql())
        await connection.execute("insert into model values ($1)", service.model_version())


async def rebuild(pool: Pool, service: Service, bus: Bus) -> dict[str, int]:
    """Folds every log again into a new read model and puts it in the old one's place. Answers with events read by source.

    Events that cannot be folded are parked anew, also those an operator had once given up.
    """
    async with _alone(pool, service) as connection:
        if await _is_made(connection, service):
            return await _rebuild(pool, service, bus)
        await _make(connection, service, f"{service.name}_views")
        return {consumer.source: 0 for consumer in service.projections()}


async def _rebuild(pool: Pool, service: Service, bus: Bus) -> dict[str, int]:
    upcoming = f"{service.name}_views_next"
    async with borrowed(pool) as connection:
        await _make(connection, service, upcoming)
        async with beside(connection, service.name, upcoming):
            await fold(connection, service.projections(), await _up_to_now(bus, service))
            read = await _switch_patiently(connection, service, bus)
    log.info("read_model_rebuilt", service=service.name, **read)
    return read


async def _switch_patiently(connection: Connection, service: Service, bus: Bus) -> dict[str, int]:
    """Puts the new read model in place. Somebody may hold a table we want and want one we hold: then we step back."""
    for _ in range(SWITCH_TRIES):
        await fold(connection, service.projections(), await _up_to_now(bus, service))
        try:
            async with asyncio.timeout(PAUSE_SECONDS), connection.transaction():
                return await _switch(connection, service, bus)
        except (DeadlockDetectedError, TimeoutError) as busy:
            log.info("switch_steps_back", service=service.name, why=repr(busy))
    raise Unavailable(f"the views of {service.name} are too busy to be switched; try again")


async def _switch(connection: Connection, service: Service, bus: Bus) -> dict[str, int]:
    """Nobody moves on while the last stretch is folded, so that it ends however fast events come, and no view goes back."""
    views, upcoming, projections = f"{service.name}_views", f"{service.name}_views_next", service.projections()
    await connection.execute(f"lock table {views}.positions in access exclusive mode")
    reached = {c.source: await read_position(connection, c.name, f"{views}.positions") for c in projections}
    read = await fold(connection, projections, partial(_from_owner, bus, reached))
    await connection.execute(f"drop schema {views} cascade; alter schema {upcoming} rename to {views}")
    parked = f"{service.name}.parked"
    await connection.execute(f"delete from {parked} where consumer = any($1)", [c.name for c in projections])
    await connection.execute(f"insert into {parked} select * from pg_temp.parked")
    return read


async def fold_into(connection: Connection, service: Service, views: str, source: Source) -> dict[str, int]:
    """Makes the read model in the schema `views` from all that `source` gives. Answers with the last position by source."""
    await _make(connection, service, views)
    async with beside(connection, service.name, views):
        return await fold(connection, service.projections(), source)


async def _up_to_now(bus: Bus, service: Service) -> Source:
    sources = {consumer.source for consumer in service.projections()}
    return partial(_from_owner, bus, {source: await _answered(partial(_head, bus, source)) for source in sources})


async def _head(bus: Bus, source: str) -> int:
    try:
        return int((await bus.ask(source, Head()))["position"])
    except Refused as gone:
        raise Doubt(str(gone)) from gone


async def _from_owner(bus: Bus, until: Mapping[str, int], source: str, position: int) -> list[Raw]:
    if position >= until[source]:
        return []
    return await _answered(partial(events_after, bus, source, position))


async def _answered(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    for _ in range(OWNER_TRIES):
        with suppress(Doubt):
            return await ask()
        await asyncio.sleep(0.5)
    return await ask()
