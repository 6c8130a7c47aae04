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
        return await _compare(events, Reader(bus, service), service, info.state.first_seq - 1, info.state.last_seq)
    except (Doubt, NatsError, Unavailable) as doubt:
        return [f"{service}: the mirror cannot be read ({doubt!r})"]


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
