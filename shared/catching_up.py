"""Waiting for a consumer to have heard enough: an answer must not be older than the question, nor a timer than what was said."""

import asyncio
from collections.abc import Sequence

from shared.bus import Bus
from shared.consuming import Consumer
from shared.errors import Unavailable
from shared.positions import read_position
from shared.postgres import Connection, Pool, borrowed
from shared.reading import Head

POLL_SECONDS = 0.005
PATIENCE_SECONDS = 5.0


async def caught_up(connection: Connection, consumer: str, position: int, positions: str = "positions") -> None:
    """Returns once `consumer` has come to `position`. Raises Unavailable when it does not in five seconds."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + PATIENCE_SECONDS
    while await read_position(connection, consumer, positions) < position:
        if loop.time() > give_up:
            raise Unavailable(f"{consumer} has not come to {position} yet")
        await asyncio.sleep(POLL_SECONDS)


async def heard_all(pool: Pool, bus: Bus, consumers: Sequence[Consumer]) -> None:
    """Returns once each consumer has come to where its source's log stands now. Raises Unavailable when one does not."""
    for consumer in consumers:
        head = await bus.ask(consumer.source, Head())
        async with borrowed(pool) as connection:
            await caught_up(connection, consumer.name, head["position"], consumer.positions)
