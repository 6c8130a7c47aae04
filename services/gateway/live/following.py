"""Follows conversations' log live: core NATS for speed, positions for proof, the owner's log for whatever is missing."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog

from services.gateway.live.happened import Happened
from services.gateway.live.ring import Ring
from shared.errors import Refused, Unavailable
from shared.feeding import Arrived, Ear, Feeds
from shared.reading import Doubt, EventsAfter, Head

log = structlog.get_logger()

SOURCE = "conversations"
CHECK_SECONDS = 2.0
GRACE_SECONDS = 0.1
PREFILLED = 5_000
BEHIND_SECONDS = 2.5
"""How long an event may take to come to one gateway after another: a lost one is fetched by the next check, within 2 s."""


class Follower:
    """Where the log stands, as this gateway has told its sockets: `position`, in the generation `epoch`."""

    def __init__(self, feeds: Feeds, deliver: Callable[[Happened], None], went_stale: Callable[[], None]) -> None:
        self._feeds, self._bus, self._deliver, self._went_stale = feeds, feeds.bus, deliver, went_stale
        self.ring = Ring()
        self.position = 0
        self._moved = asyncio.Event()
        self._epoch: str | None = None

    @property
    def epoch(self) -> str:
        """The log's generation. Raises Unavailable before the owner has been heard of."""
        if self._epoch is None:
            raise Unavailable("conversations have not answered yet")
        return self._epoch

    @property
    def knows(self) -> bool:
        """Whether the owner has been heard of."""
        return self._epoch is not None

    async def run(self) -> None:
        """Follows for as long as the gateway lives."""
        async with self._feeds.of(SOURCE).listening() as ear, asyncio.TaskGroup() as both:
            both.create_task(self._listen(ear))
            both.create_task(self._keep_checking())

    async def _listen(self, ear: Ear) -> None:
        while True:
            for arrived in await ear.heard():
                try:
                    await self._hear(arrived)
                except Doubt as foreign:
                    log.warning("foreign_message", source=SOURCE, error=repr(foreign))  # the next check asks the owner

    async def _keep_checking(self) -> None:
        while True:
            try:
                await self.check()
            except Refused as away:
                log.info("owner_does_not_answer", source=SOURCE, error=repr(away))
            await asyncio.sleep(CHECK_SECONDS if self.knows else GRACE_SECONDS)

    async def check(self) -> None:
        """Compares with the owner's head, and fetches what was missed. Raises Unavailable when it does not answer."""
        told = self.position  # events go on arriving while the owner answers
        head = await self._bus.ask(SOURCE, Head())
        position, epoch = int(head["position"]), str(head["epoch"])
        if self._epoch != epoch or position < told:
            await self._start_over(position, epoch)
            return
        await asyncio.sleep(GRACE_SECONDS)
        await self._fetch(until=position)

    async def reach(self, position: int) -> None:
        """Waits until everything up to `position` has been told; for ever, if the log never comes that far."""
        while self.position < position:
            self._moved.clear()
            await self._moved.wait()

    async def near(self, position: int) -> None:
        """Waits until everything up to `position` has been told, but not for long: then it goes on without."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BEHIND_SECONDS):
                await self.reach(position)

    async def _start_over(self, position: int, epoch: str) -> None:
        if self.knows:
            self._went_stale()
        self.ring.clear()
        self.position, self._epoch = max(0, position - PREFILLED), None
        await self._fetch(until=position)
        self._epoch = epoch
        log.info("following", epoch=epoch, position=self.position)

    async def _hear(self, arrived: Arrived) -> None:
        position = arrived.position
        while self.knows and position > self.position + 1:
            try:
                await self._fetch(until=position - 1)
                break  # fetched, or the log does not have it (any more): the next check finds out why
            except Refused:
                await asyncio.sleep(GRACE_SECONDS)
        if position == self.position + 1:
            self._take(arrived.envelope)

    async def _fetch(self, until: int) -> None:
        while self.position < until:
            events = (await self._bus.ask(SOURCE, EventsAfter(position=self.position)))["events"]
            if not events:
                return
            for envelope in events:
                self._take(envelope)

    def _take(self, envelope: dict[str, Any]) -> None:
        if envelope["position"] != self.position + 1:
            return
        happened = Happened(envelope)
        self.position = happened.position
        self.ring.add(happened)
        if self.knows:
            self._deliver(happened)
        self._moved.set()
        happened.rest()
