"""Folding logs into a read model that is not in use yet: in batches, each together with its position.

A poison event is parked with its stream, as live consumers do. Until the read model is in its place, what it parks lies in a
temporary table, which hides the service's own: both are called `parked`.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager

import structlog

from shared.consuming import AWAY, Consumer
from shared.envelope import Raw
from shared.parking import park, parked_streams
from shared.positions import move_position, read_position
from shared.postgres import Connection, schemas

log = structlog.get_logger()

Source = Callable[[str, int], Awaitable[list[Raw]]]
"""The events of a service after a position; empty when there are no more."""


@asynccontextmanager
async def beside(connection: Connection, service: str, views: str) -> AsyncIterator[None]:
    """Unqualified names mean what is in `views`; what is parked meanwhile is parked for these views alone.

    Statements are planned anew each time: a plan made for tables that were still empty would be kept while they grow.
    """
    await connection.execute(f"set search_path to {schemas(service, views)}; set plan_cache_mode to force_custom_plan")
    await connection.execute(f"create temporary table parked (like {service}.parked including all)")
    try:
        yield
    finally:
        await connection.execute(f"drop table pg_temp.parked; set search_path to {schemas(service)}; reset plan_cache_mode")


async def fold(connection: Connection, consumers: Sequence[Consumer], source: Source) -> dict[str, int]:
    """Folds all that `source` gives into the views of this connection. Answers with the last position by source."""
    return {consumer.source: await _catch_up(connection, source, consumer) for consumer in consumers}


async def _catch_up(connection: Connection, source: Source, consumer: Consumer) -> int:
    position = await read_position(connection, consumer.name)
    parked = await parked_streams(connection, consumer.name)
    async with aclosing(_read_ahead(source, consumer.source, position)) as batches:
        async for batch in batches:
            async with connection.transaction():
                await move_position(connection, consumer.name, position, batch[-1].position)
                await _take(connection, consumer, [raw for raw in batch if raw.type in consumer.hears], parked)
            position = batch[-1].position
    return position


async def _read_ahead(source: Source, name: str, position: int) -> AsyncGenerator[list[Raw], None]:
    """Each batch; while it is folded, its owner looks up the next."""
    coming = asyncio.ensure_future(source(name, position))
    try:
        while batch := await coming:
            coming = asyncio.ensure_future(source(name, batch[-1].position))
            yield batch
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


async def _take(connection: Connection, consumer: Consumer, batch: list[Raw], parked: set[str]) -> None:
    """All at once where nothing is wrong, else event by event."""
    if any(raw.stream_id in parked for raw in batch) or await _poison(connection, consumer, batch):
        for raw in batch:
            await _take_alone(connection, consumer, raw, parked)


async def _take_alone(connection: Connection, consumer: Consumer, raw: Raw, parked: set[str]) -> None:
    if raw.stream_id in parked:
        await park(connection, consumer.name, consumer.source, raw, "behind a parked event")
    elif poison := await _poison(connection, consumer, [raw]):
        log.error("event_parked", consumer=consumer.name, position=raw.position, stream_id=raw.stream_id, exc_info=poison)
        await park(connection, consumer.name, consumer.source, raw, repr(poison))
        parked.add(raw.stream_id)


async def _poison(connection: Connection, consumer: Consumer, batch: list[Raw]) -> Exception | None:
    """Gives the events their effect; or why they have none. Raises one of `AWAY`, which is never the events' fault."""
    try:
        if batch:
            async with connection.transaction():
                await consumer.effect(connection, [raw.read(consumer.contract) for raw in batch])
    except AWAY:
        raise
    except Exception as poison:
        return poison
    return None
