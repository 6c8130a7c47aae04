"""Events as a policy hears them: with their place in somebody's log."""

from dataclasses import replace
from typing import Any

from shared.envelope import Recorded
from shared.messages import Event, new_id
from tests.examples import LATER


def recorded(event: Event, position: int = 7, stream_id: str = "conversation-1") -> Recorded[Any]:
    """The event, as if it had been read from a log."""
    return Recorded(position, stream_id, 1, new_id(), event, "service:tests", new_id(), new_id(), LATER)


def again(heard: Recorded[Any]) -> Recorded[Any]:
    """The same event, delivered once more."""
    return replace(heard, event=heard.event.model_copy(deep=True))
