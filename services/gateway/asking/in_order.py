"""Work side by side, but in order for each key: a conversation's asks are done one after the other."""

import asyncio
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class InOrder:
    """At most `at_once` pieces of work are under way; whoever brings more waits."""

    def __init__(self, at_once: int = 32) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._last: dict[str, asyncio.Task[None]] = {}

    async def begin(self, key: str, work: Work) -> None:
        """Starts the work as soon as there is room, after all earlier work with the same key. Returns once it has begun."""
        await self._room.acquire()
        task = asyncio.create_task(self._do(self._last.get(key), work))
        self._last[key] = task
        task.add_done_callback(lambda done: self._done(key, done))

    async def _do(self, before: asyncio.Task[None] | None, work: Work) -> None:
        if before is not None:
            await asyncio.wait([before])
        await work()

    def _done(self, key: str, task: asyncio.Task[None]) -> None:
        self._room.release()
        if self._last.get(key) is task:
            del self._last[key]

    async def finish(self) -> None:
        """Waits for everything under way."""
        if self._last:
            await asyncio.wait(list(self._last.values()))
