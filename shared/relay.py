"""The relay: publishes the log into its mirror, in order, without a duplicate or a gap, and keeps no state of its own.

It reads `position > the stream's last sequence` (what its own process appended a moment ago: from memory) and publishes with
`Nats-Expected-Last-Sequence: position - 1`, many in flight. One instance is active (advisory lock); the others stand by. When
stream and log disagree, the log is right: the stream is made anew under a new epoch.
"""

import asyncio
from contextlib import suppress

import orjson
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from shared.agreement import agree
from shared.bus import Bus
from shared.crash import crash_point
from shared.envelope import Raw, subject_of, to_wire
from shared.errors import Unavailable
from shared.eventlog import EventLog
from shared.locks import Locks
from shared.metrics import RELAY_LAG
from shared.mirror import EXPECTED, find_stream
from shared.postgres import LOST
from shared.settings import Settings

log = structlog.get_logger()

BATCH = 500
ACK_SECONDS = 5.0
IDLE_SECONDS = 0.5


class OutOfStep(Exception):
    """The mirror is not where the relay thought it was."""


class Relay:
    """Mirrors one service's log for as long as it runs."""

    def __init__(self, settings: Settings, service: str, events: EventLog, bus: Bus, locks: Locks) -> None:
        self._settings, self._service, self._log, self._bus, self._locks = settings, service, events, bus, locks
        self._js: JetStreamContext = bus.client.jetstream(timeout=5)
        self._acks: dict[int, asyncio.Future[None]] = {}
        self._inbox = bus.client.new_inbox()
        self._wanted = asyncio.Event()
        self._heard = 0
        self.position = 0

    async def run(self) -> None:
        """Stands by until it holds the lock, then mirrors; on any doubt it looks at the stream again."""
        client = self._bus.client
        acks = await client.subscribe(f"{self._inbox}.*", cb=self._hear_ack)
        news = await client.subscribe(f"{self._service}.appended", cb=self._wake)
        announce = asyncio.create_task(self._announce())
        try:
            async with self._locks.held("relay") as still_held:
                while True:
                    await self._mirror(still_held)
        finally:
            announce.cancel()
            with suppress(NatsError):  # while draining, the connection is gone first
                await acks.unsubscribe()
                await news.unsubscribe()

    async def _announce(self) -> None:
        """Tells a relay in another process that there is something to mirror."""
        while True:
            await self._log.appended.wait()
            self._log.appended.clear()
            self._want(self._log.last)
            with suppress(NatsError, OSError):  # it looks by itself, too, a little later
                await self._bus.client.publish(f"{self._service}.appended", str(self._log.last).encode())

    async def _wake(self, message: Msg) -> None:
        self._want(int(message.data))

    def _want(self, position: int) -> None:
        """What this process appended is heard twice; the echo is no news."""
        if position > self._heard:
            self._heard = position
            self._wanted.set()

    async def _mirror(self, still_held: asyncio.Event) -> None:
        try:
            self._log.forget()
            self._heard = self.position = await agree(self._settings, self._service, self._log, self._js)
            self._wanted.set()
            while still_held.is_set():
                await self._next()
        except (OutOfStep, NatsError, Unavailable, *LOST) as doubt:
            log.warning("relay_resyncs", doubt=repr(doubt))
            await asyncio.sleep(0.2)
        if not still_held.is_set():
            raise ConnectionError("the relay's lock is lost")

    async def _next(self) -> None:
        wanted = await self._is_wanted()
        batch = self._log.remembered(self.position, BATCH) or await self._log.after(self.position, BATCH)
        RELAY_LAG.set(len(batch))
        if batch:
            await self._publish(batch)
            self.position = batch[-1].position
            if len(batch) == BATCH or self.position < self._heard:  # what another process appended is not in this one's memory
                self._wanted.set()
        elif not wanted:
            await self._check_quietly()

    async def _is_wanted(self) -> bool:
        """Waits for an append, for half a second at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wanted.wait()
        wanted = self._wanted.is_set()
        self._wanted.clear()
        return wanted

    async def _publish(self, batch: list[Raw]) -> None:
        loop = asyncio.get_running_loop()
        for raw in batch:
            self._acks[raw.position] = loop.create_future()
            await self._bus.client.publish(
                subject_of(raw, self._service),
                to_wire(raw, self._service),
                reply=f"{self._inbox}.{raw.position}",
                headers={EXPECTED: str(raw.position - 1)},
            )
            crash_point("relay_mid_batch")
        crash_point("relay_before_acks")
        waiting = [self._acks[raw.position] for raw in batch]
        try:
            async with asyncio.timeout(ACK_SECONDS):
                await asyncio.gather(*waiting)
        except TimeoutError as late:
            raise OutOfStep("no acknowledgement") from late
        finally:
            self._acks.clear()

    async def _hear_ack(self, message: Msg) -> None:
        position = int(message.subject.rpartition(".")[2])
        waiting = self._acks.get(position)
        if waiting is None or waiting.done():
            return
        answer = orjson.loads(message.data) if message.data else {"error": "no stream"}
        if answer.get("seq") == position:
            waiting.set_result(None)
        else:
            waiting.set_exception(OutOfStep(str(answer.get("error", answer))))

    async def _check_quietly(self) -> None:
        """While nothing happens: is the stream still there, still whole, and still where we left it?"""
        info = await find_stream(self._js, self._service)
        if info is None or info.state.last_seq != self.position or info.state.num_deleted:
            raise OutOfStep("the stream changed by itself")
