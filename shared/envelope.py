"""An event as it is recorded and as it travels: CloudEvents 1.0, structured JSON, one event per message.

Extension attributes: `position` (gapless place in its service's log), `revision` (place in its stream, from 1), `actor`,
`correlationid` (the request it all began with), `causationid` (the event or command it follows from).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import orjson
from pydantic import TypeAdapter

from shared.messages import Event

UNOPENED = datetime.min.replace(tzinfo=UTC)
E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E_co]):
    """An event with its place in the log."""

    position: int
    stream_id: str
    revision: int
    event_id: str
    event: E_co
    actor: str
    correlation_id: str
    causation_id: str
    recorded_at: datetime

    @property
    def type(self) -> str:
        """The event's type name."""
        return str(self.event.type)  # type: ignore[attr-defined]  # every event class has its literal


@dataclass(frozen=True, slots=True)
class Raw:
    """An event whose body has not been read yet. `body` is JSON text."""

    position: int
    stream_id: str
    revision: int
    event_id: str
    type: str
    body: bytes
    actor: str
    correlation_id: str
    causation_id: str
    recorded_at: datetime

    def read(self, events: TypeAdapter[Any]) -> Recorded[Any]:
        """The event itself, by its service's contract."""
        return Recorded(
            self.position, self.stream_id, self.revision, self.event_id, events.validate_json(self.body), self.actor,
            self.correlation_id, self.causation_id, self.recorded_at,
        )  # fmt: skip


def to_wire(raw: Raw, service: str) -> bytes:
    """The CloudEvents JSON of an event."""
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": raw.event_id,
            "source": f"/parley/{service}",
            "type": raw.type,
            "subject": raw.stream_id,
            "time": raw.recorded_at,
            "datacontenttype": "application/json",
            "position": raw.position,
            "revision": raw.revision,
            "actor": raw.actor,
            "correlationid": raw.correlation_id,
            "causationid": raw.causation_id,
            "data": orjson.Fragment(raw.body),
        }
    )


def from_wire(message: bytes) -> Raw:
    """The event inside a message. Raises ValueError when it is not one of ours."""
    return from_envelope(orjson.loads(message))


def from_envelope(found: dict[str, Any]) -> Raw:
    """The event inside a CloudEvent. Raises ValueError when it is not one of ours."""
    try:
        return Raw(
            found["position"], found["subject"], found["revision"], found["id"], found["type"], orjson.dumps(found["data"]),
            found["actor"], found["correlationid"], found["causationid"], datetime.fromisoformat(found["time"]),
        )  # fmt: skip
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"not an event envelope: {wrong!r}") from wrong


def unopened(position: int, kind: str) -> Raw:
    """The place of an event nobody here hears."""
    return Raw(position, "", 0, "", kind, b"", "", "", "", UNOPENED)


def subject_of(raw: Raw, service: str) -> str:
    """Where an event is published."""
    return f"{service}.event.{raw.stream_id}.{raw.type}"
