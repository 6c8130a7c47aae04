"""A source's events as they are published, heard once in a process for all who want them there.

Core NATS for speed, positions for proof: who joins has read what came before from the mirror; a gap, or silence while the
mirror holds more, is a doubt, and one begins again from the last sure position (docs/decisions/0007).
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import cached_property
from typing import Any

import orjson
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from shared.bus import Bus
from shared.envelope import Raw, from_envelope, unopened
from shared.mirror import EXPECTED, find_stream
from shared.reading import BATCH, Doubt, Reader

QUIET_SECONDS = 0.05
SILENT_SECONDS = 2.0
BUSY = 50  # events at once; then the same conversations come again and again, and their rows are better written once
BUSY_FACTOR = 10
MOST_WAITING = 20_000
MOST_BYTES = 32 * 1024 * 1024


class Arrived:
    """A published event, opened when somebody here hears its type: most envelopes never are."""

    def __init__(self, message: Msg, position: int) -> None:
        self._message = message
        self.position = position
        self.type = message.subject.rpartition(".")[2]
        self.size = len(message.data)

    @cached_property
    def envelope(self) -> dict[str, Any]:
        """The CloudEvent. Raises Doubt when it is none, or says another position."""
        try:
            envelope: dict[str, Any] = orjson.loads(self._message.data)
        except ValueError as foreign:
            raise Doubt(f"position {self.position} holds no event") from foreign
        if envelope.get("position") != self.position:
            raise Doubt(f"position {self.position} holds {envelope.get('position')}")
        return envelope

    @cached_property
    def raw(self) -> Raw:
        """The event, its body unread."""
        return from_envelope(self.envelope)


class Ear:
    """One listener's events, in the order they came. Too many that wait are let go: the gap shows at the next one."""

    def __init__(self) -> None:
        self._waiting: deque[Arrived] = deque()
        self._bytes = 0
        self._news = asyncio.Event()

    def take(self, turn: list[Arrived]) -> None:
        """What came in one turn of the event loop."""
        if len(self._waiting) > MOST_WAITING or self._bytes > MOST_BYTES:
            self._waiting.clear()
            self._bytes = 0
        self._waiting.extend(turn)
        self._bytes += sum(arrived.size for arrived in turn)
        self._news.set()

    async def heard(self, patience: float | None = None, linger: float = 0) -> list[Arrived]:
        """What has come, and comes in `linger` seconds after it, a batch at most; nothing when nothing comes in `patience`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._news.wait()
            if linger:
                await asyncio.sleep(linger)
        heard = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        self._bytes -= sum(arrived.size for arrived in heard)
        if not self._waiting:
            self._news.clear()
        return heard


class Feed:
    """One source, one subscription while anybody listens."""

    def __init__(self, bus: Bus, source: str) -> None:
        self._bus, self._source = bus, source
        self._js = bus.client.jetstream(timeout=5)
        self._one_at_a_time = asyncio.Lock()
        self._subscription: Subscription | None = None
        self._ears: set[Ear] = set()
        self._turn: list[Arrived] = []

    async def batches(self, position: int, hears: frozenset[str], linger: float = 0) -> AsyncGenerator[list[Raw], None]:
        """Events after `position`, gapless, each once; of types not in `hears` only place and type. An empty batch when
        the source falls quiet, and every two seconds while it stays so. Raises Doubt. `linger`: seconds to wait for more.
        """
        async with self.listening() as ear:
            async for batch in self._missed(position, hears):
                position = batch[-1].position if batch else position
                yield batch
            patience = QUIET_SECONDS
            arrived: list[Arrived] = []
            while True:
                arrived = await ear.heard(patience, linger if len(arrived) < BUSY else BUSY_FACTOR * linger)
                if not arrived and patience == SILENT_SECONDS and await self._mirrored() > position:
                    raise Doubt(f"{self._source}: the mirror holds more than {position}")
                fresh = _following(arrived, position)
                position += len(fresh)
                patience = QUIET_SECONDS if arrived else SILENT_SECONDS
                yield [one.raw if one.type in hears else unopened(one.position, one.type) for one in fresh]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Ear]:
        """Hears all that is published from now on."""
        ear = Ear()
        async with self._one_at_a_time:
            self._ears.add(ear)
            if self._subscription is None:
                self._subscription = await self._bus.client.subscribe(f"{self._source}.event.>", cb=self._hear)
        try:
            yield ear
        finally:
            await asyncio.shield(self._leave(ear))

    async def _leave(self, ear: Ear) -> None:
        async with self._one_at_a_time:
            self._ears.discard(ear)
            if not self._ears and self._subscription is not None:
                subscription, self._subscription = self._subscription, None
                with suppress(NatsError):  # while draining, the connection is gone first
                    await subscription.unsubscribe()

    async def _missed(self, position: int, hears: frozenset[str]) -> AsyncIterator[list[Raw]]:
        mirrored = await self._mirrored()
        if position >= mirrored:
            return
        async with aclosing(Reader(self._bus, self._source, hears).batches(position)) as batches:
            async for batch in batches:
                yield batch
                if batch and batch[-1].position >= mirrored:
                    return

    async def _mirrored(self) -> int:
        info = await find_stream(self._js, self._source)
        return info.state.last_seq if info else 0

    async def _hear(self, message: Msg) -> None:
        expected = (message.headers or {}).get(EXPECTED, "")
        if not expected.isdecimal():
            return  # no relay says this
        if not self._turn:
            asyncio.get_running_loop().call_soon(self._pass_on)
        self._turn.append(Arrived(message, int(expected) + 1))

    def _pass_on(self) -> None:
        turn, self._turn = self._turn, []
        for ear in self._ears:
            ear.take(turn)


def _following(arrived: list[Arrived], position: int) -> list[Arrived]:
    """What follows `position` without a gap; relays that take over may say things twice. Raises Doubt."""
    fresh: list[Arrived] = []
    for one in arrived:
        if one.position == position + len(fresh) + 1:
            fresh.append(one)
        elif one.position > position + len(fresh):
            raise Doubt(f"{one.position} follows {position + len(fresh)}")
    return fresh


class Feeds:
    """All sources a process hears."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._feeds: dict[str, Feed] = {}

    def of(self, source: str) -> Feed:
        """The one feed of a source."""
        if source not in self._feeds:
            self._feeds[source] = Feed(self.bus, source)
        return self._feeds[source]
