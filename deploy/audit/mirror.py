"""Of the mirror: sequence = position, the same event at each, and nothing the log does not have."""

import asyncio

import asyncpg
from nats.errors import Error as NatsError

from shared.bus import Bus
from shared.errors import Unavailable
from shared.eventlog import EventLog
from shared.mirror import find_stream
from shared.reading import Doubt, Reader

PATIENCE_SECONDS = 15.0


async def audit_mirror(pool: asyncpg.Pool, bus: Bus, service: str) -> list[str]:
    """What is wrong with a service's mirror. A mirror that is only behind is given some seconds to catch up."""
    events = EventLog(pool)
    try:
        info = await find_stream(bus.client.jetstream(), service)
        if info is None or info.state.messages == 0:
            return []
        head, _ = await events.head()
        if info.state.last_seq > head:
            return [f"{service}: the mirror has {info.state.last_seq - head} events the log does not have"]
        if await _is_relayed(pool, service) and not await _arrives(bus, service, head):
            return [f"{service}: the relay is there, but the mirror does not come to position {head}"]
        return await _compare(events, Reader(bus, service), service, info.state.first_seq - 1, info.state.last_seq)
    except (Doubt, NatsError, Unavailable) as doubt:
        return [f"{service}: the mirror cannot be read ({doubt!r})"]


async def _is_relayed(pool: asyncpg.Pool, service: str) -> bool:
    """Whether some instance holds the relay's role right now."""
    async with pool.acquire() as connection, connection.transaction():
        free = "select pg_try_advisory_xact_lock(hashtextextended($1, 0))"
        return not await connection.fetchval(free, f"{service}/relay")


async def _arrives(bus: Bus, service: str, head: int) -> bool:
    loop = asyncio.get_running_loop()
    give_up = loop.time() + PATIENCE_SECONDS
    while loop.time() < give_up:
        info = await find_stream(bus.client.jetstream(), service)
        if info is not None and info.state.last_seq >= head:
            return True
        await asyncio.sleep(0.1)
    return False


async def _compare(events: EventLog, reader: Reader, service: str, position: int, last: int) -> list[str]:
    if position >= last:
        return []
    async with asyncio.timeout(PATIENCE_SECONDS + last / 2000):
        async for mirrored in reader.batches(position):
            recorded = await events.after(position, len(mirrored))
            for here, there in zip(recorded, mirrored, strict=False):
                if (here.position, here.event_id) != (there.position, there.event_id):
                    return [f"{service}: the mirror holds another event at {there.position}"]
            position = mirrored[-1].position if mirrored else position
            if position >= last:
                return []
    return []
