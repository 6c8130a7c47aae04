"""The newest events in memory, so that whoever was away for a moment catches up without a database."""

from collections import deque
from itertools import takewhile

from services.gateway.happened import Happened

KEPT = 20_000


class Ring:
    """Consecutive events, newest last."""

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[Happened] = deque(maxlen=kept)

    def add(self, happened: Happened) -> None:
        """The next event."""
        self._events.append(happened)

    def clear(self) -> None:
        """Forgets everything."""
        self._events.clear()

    def covers(self, position: int) -> bool:
        """Whether every event after `position` is here; the caller knows that `position` is not ahead of the head."""
        return bool(self._events) and self._events[0].position <= position + 1

    def after(self, position: int) -> list[Happened]:
        """The events after `position`, oldest first."""
        return [*takewhile(lambda happened: happened.position > position, reversed(self._events))][::-1]
