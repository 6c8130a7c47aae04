"""Waits on events as they are published, never by the clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from nats.aio.msg import Msg

from shared.bus import Bus
from shared.envelope import Raw, from_wire


class Ear:
    """Hears every event of one service from the moment it was made."""

    def __init__(self) -> None:
        self._heard: list[Raw] = []
        self._fresh = asyncio.Condition()

    async def hear(self, message: Msg) -> None:
        """NATS calls this."""
        async with self._fresh:
            self._heard.append(from_wire(message.data))
            self._fresh.notify_all()

    def streams(self, kind: str) -> set[str]:
        """The streams that had an event of this type so far."""
        return {raw.stream_id for raw in self._heard if raw.type == kind}

    async def any(self, *wanted: str) -> Raw:
        """The first event of these types, whatever it is about."""
        return await self.first("", *wanted)

    async def first(self, stream: str, *wanted: str, within: float = 20.0) -> Raw:
        """The first event of these types in a stream, already heard or yet to come (seconds). TimeoutError otherwise."""

        def found() -> Raw | None:
            return next((raw for raw in self._heard if raw.stream_id.startswith(stream) and raw.type in wanted), None)

        async with self._fresh, asyncio.timeout(within):
            await self._fresh.wait_for(lambda: found() is not None)
        raw = found()
        assert raw is not None
        return raw


@asynccontextmanager
async def ear(bus: Bus, service: str) -> AsyncIterator[Ear]:
    """Listens while the block runs."""
    listening = Ear()
    subscription = await bus.client.subscribe(f"{service}.event.>", cb=listening.hear)
    await bus.client.flush()
    yield listening
    await subscription.unsubscribe()
