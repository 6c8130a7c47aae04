"""Events at their place in a log, as policies and projections get them."""

from typing import Any

from shared.envelope import Recorded
from shared.messages import Event, new_id
from tests.examples import NOON


def recorded(event: Event, actor: str = "service:test", position: int = 1, event_id: str | None = None) -> Recorded[Any]:
    """The event, recorded."""
    stream_id = f"conversation-{getattr(event, 'conversation_id', 'x')}"
    return Recorded(position, stream_id, position, event_id or new_id(), event, actor, new_id(), new_id(), NOON)
