"""A policy reads its own read model, which hears the same log on its own: the answer must not be older than the question."""

import asyncio

from shared.consuming import read_position
from shared.errors import Unavailable
from shared.postgres import Connection

POLL_SECONDS = 0.005
PATIENCE_SECONDS = 5.0


async def caught_up(connection: Connection, consumer: str, position: int) -> None:
    """Returns once `consumer` has come to `position`. Raises Unavailable when it does not in five seconds."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + PATIENCE_SECONDS
    while await read_position(connection, consumer) < position:
        if loop.time() > give_up:
            raise Unavailable(f"{consumer} has not come to {position} yet")
        await asyncio.sleep(POLL_SECONDS)
