"""After a projection commits, every gateway hears that there is something new to show; at most five times a second."""

import asyncio
from dataclasses import dataclass, field

from shared.live import Signals

EVERY_SECONDS = 0.2


@dataclass
class Announcer:
    """Collects what was committed until it is told."""

    position: int = 0
    counters: bool = False
    directory: bool = False
    agents: set[str] = field(default_factory=set)
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)

    def committed(
        self, position: int = 0, counters: bool = False, directory: bool = False, agents: frozenset[str] = frozenset()
    ) -> None:
        """Notes what a batch changed: up to which position of conversations' log, counters, people and channels, notices."""
        self.position = max(self.position, position)
        self.counters |= counters
        self.directory |= directory
        self.agents |= agents
        self._wanted.set()

    async def run(self, signals: Signals) -> None:
        """Tells, for as long as the gateway lives."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await signals.send("projected", "views", self._take())
            await asyncio.sleep(EVERY_SECONDS)

    def _take(self) -> dict[str, object]:
        news: dict[str, object] = {
            "position": self.position, "counters": self.counters, "directory": self.directory, "agents": sorted(self.agents),
        }  # fmt: skip
        self.counters = self.directory = False
        self.agents = set()
        return news
