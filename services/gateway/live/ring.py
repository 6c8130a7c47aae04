"""The newest events in memory, so that whoever was away for a moment catches up without a database."""

from collections import deque
from itertools import takewhile

from services.gateway.live.happened import Happened

KEPT = 20_000
KEPT_BYTES = 32 * 1024 * 1024


class Ring:
    """Consecutive events, newest last; so many, or so many bytes."""

    def __init__(self, kept: int = KEPT, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept, self._kept_bytes = kept, kept_bytes
        self._events: deque[Happened] = deque()
        self._bytes = 0

    def add(self, happened: Happened) -> None:
        """The next event."""
        self._events.append(happened)
        self._bytes += len(happened.body)
        while len(self._events) > self._kept or self._bytes > self._kept_bytes:
            self._bytes -= len(self._events.popleft().body)

    def clear(self) -> None:
        """Forgets everything."""
        self._events.clear()
        self._bytes = 0

    def covers(self, position: int) -> bool:
        """Whether every event after `position` is here; the caller knows that `position` is not ahead of the head."""
        return bool(self._events) and self._events[0].position <= position + 1

    def after(self, position: int) -> list[Happened]:
        """The events after `position`, oldest first."""
        return [*takewhile(lambda happened: happened.position > position, reversed(self._events))][::-1]
