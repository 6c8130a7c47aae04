"""Signals between instances over core NATS: typing, viewing, "look again". They fade, may be lost, and are never in a log."""

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Generic, TypeVar

import orjson
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared.bus import Bus

log = structlog.get_logger()

K = TypeVar("K")
V = TypeVar("V")
Heard = Callable[[str, dict[str, Any]], None]


class Signals:
    """Says and hears signals on `live.<what>.<key>`. A signal that cannot be sent now is lost, and that is all right."""

    def __init__(self, bus: Bus) -> None:
        self._client = bus.client

    async def send(self, what: str, key: str, body: Mapping[str, object]) -> None:
        """Tells every instance, this one too. `key` is an id."""
        try:
            await self._client.publish(f"live.{what}.{key}", orjson.dumps(body))
        except (NatsError, OSError) as gone:
            log.debug("signal_lost", what=what, error=repr(gone))

    async def hear(self, what: str, heard: Heard) -> None:
        """Calls `heard(key, body)` for every signal of this kind, from now on."""

        async def take(message: Msg) -> None:
            heard(message.subject.rpartition(".")[2], orjson.loads(message.data))

        await self._client.subscribe(f"live.{what}.*", cb=take)


class Fading(Generic[K, V]):
    """Values that are gone `seconds` after they were last said."""

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._values: dict[K, tuple[V, float]] = {}

    def put(self, key: K, value: V) -> bool:
        """Says it (again). Answers whether that is news."""
        before = self.get(key)
        self._values[key] = (value, self._clock() + self._seconds)
        return before != value

    def drop(self, key: K) -> bool:
        """Takes it back. Answers whether it was there."""
        return self._values.pop(key, None) is not None

    def get(self, key: K) -> V | None:
        """The value, unless it has faded."""
        value, until = self._values.get(key, (None, 0.0))
        return value if until > self._clock() else None

    def values(self) -> list[V]:
        """All that have not faded, first said first."""
        now = self._clock()
        return [value for value, until in self._values.values() if until > now]

    def forget_faded(self) -> list[K]:
        """Lets go of what has faded. Answers with the keys."""
        now = self._clock()
        faded = [key for key, (_, until) in self._values.items() if until <= now]
        for key in faded:
            del self._values[key]
        return faded
