"""Browsers whose sockets do not get through: each call waits for its answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import httpx

from services.gateway.live.polling import LINGER_SECONDS
from tests.attacks.people import Colleague, Raw, Visitor
from tests.parley import Parley
from tests.waiting import eventually


@dataclass
class Poller:
    """A widget or a console that polls, and all it was told."""

    http: httpx.AsyncClient
    path: str
    epoch: str = ""
    position: int = 0
    seen: str = ""
    told: list[Raw] = field(default_factory=list)

    async def calls(self, **call: object) -> httpx.Response:
        """One call of the live protocol."""
        return await self.http.post(self.path, json=call, timeout=30)

    async def hello(self, **where: object) -> list[Raw]:
        """Comes, or comes back. Answers with the frames."""
        return self._take((await self.calls(type="hello", **where)).json())

    async def poll(self, **more: object) -> list[Raw]:
        """Waits for what happens next. Answers with the frames."""
        where = {"epoch": self.epoch, "position": self.position, "seen": self.seen}
        return self._take((await self.calls(**{"type": "poll", **where, **more})).json())

    async def settles(self) -> None:
        """Comes, and takes what a console that has just come is told: all whole states."""
        await self.hello()
        while {"people", "notices", "counters"} - {frame["type"] for frame in self.told}:
            await self.poll()

    async def hears(self, kind: str, **more: object) -> Raw:
        """Polls until a frame of this kind comes."""
        async with asyncio.timeout(40):
            while not (found := [frame for frame in await self.poll(**more) if frame["type"] == kind]):
                pass
        return found[-1]

    async def hears_text(self, text: str) -> None:
        """Polls until somebody has said this."""
        async with asyncio.timeout(20):
            while text not in self.texts:
                await self.poll()

    @property
    def events(self) -> list[Raw]:
        """The `event` frames, in the order they came."""
        return [frame for frame in self.told if frame["type"] == "event"]

    @property
    def texts(self) -> list[str]:
        """What was said, in the order it came."""
        said = [frame["event"] for frame in self.events if frame["event"]["type"] == "message_posted"]
        return [event["content"]["text"] for event in said]

    def _take(self, answer: Raw) -> list[Raw]:
        frames: list[Raw] = answer["frames"]
        self.seen = answer["seen"]
        for frame in frames:
            self.epoch = frame.get("epoch", self.epoch)
            if frame["type"] in {"welcome", "event", "heartbeat"}:
                self.position = frame["position"]
        self.told += frames
        return frames


def polls(who: Visitor | Colleague) -> Poller:
    """Their browser, behind a proxy that knows no sockets."""
    return Poller(who.http, "/api/widget/live" if isinstance(who, Visitor) else "/api/live")


async def is_listed(ben: Colleague, conversation_id: str) -> bool:
    """Whether a colleague finds it."""
    return (await ben.http.get(f"/api/conversations/{conversation_id}")).status_code == 200


async def seats(parley: Parley, who: str) -> int:
    """How many `visitor` or `agent` seats the gateway counts."""
    async with httpx.AsyncClient() as http:
        lines = (await http.get(f"{parley.services['gateway'].url}/metrics")).text.splitlines()
    return int(float(next(line for line in lines if line.startswith(f'parley_live_sockets{{who="{who}"}}')).split()[-1]))


async def are_seated(parley: Parley, many: int) -> bool:
    """Whether so many consoles are here, and no more."""
    return await seats(parley, "agent") == many


async def keeps_looking(console: Poller, viewing: str) -> None:
    """Polls, and looks at a conversation, until cancelled."""
    while True:
        await console.poll(viewing=viewing)


@asynccontextmanager
async def waiting(parley: Parley, poller: Poller, who: str, **more: object) -> AsyncIterator[asyncio.Task[list[Raw]]]:
    """A poll that has taken its seat and waits. What comes before it does so is taken in."""
    before = await seats(parley, who)
    while True:
        task = asyncio.create_task(poller.poll(**more))
        await eventually(partial(_seated, parley, who, before, task))
        if not (await asyncio.wait({task}, timeout=2 * LINGER_SECONDS))[0]:  # it does not only linger
            break
    try:
        yield task
    finally:
        task.cancel()


async def _seated(parley: Parley, who: str, before: int, task: asyncio.Task[list[Raw]]) -> bool:
    return await seats(parley, who) > before or task.done()
