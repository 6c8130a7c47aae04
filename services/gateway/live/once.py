"""What many want at the same time is read once for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Once(Generic[V]):
    """A value that is read when it is first wanted; again only after that failed."""

    def __init__(self, read: Callable[[], Awaitable[V]]) -> None:
        self._read = read
        self._reading: asyncio.Future[V] | None = None

    async def value(self) -> V:
        """The value. Raises what reading it raises."""
        if self._reading is None or _failed(self._reading):
            self._reading = asyncio.ensure_future(self._read())
        return await asyncio.shield(self._reading)


def _failed(reading: asyncio.Future[V]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)
