"""What the machinery needs to know of a decider: four pure things, and which stream a command speaks to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.messages import Command, Event


@dataclass(frozen=True)
class Decider:
    """One kind of aggregate.

    `commands` are the classes it decides; `stream_of` gives the stream id, `<category>-<id>`; `decide` answers with the events
    that follow (none: there is nothing left to do) or raises a `Refused`. A stream that never ends names its `state` type,
    and is then snapshotted every `snapshot_every` events under `version` (raise it when the state's shape changes).
    """

    commands: tuple[type[Command], ...]
    stream_of: Callable[[Any], str]
    initial: Any
    decide: Callable[[Any, Any], Sequence[Event]]
    evolve: Callable[[Any, Any], Any]
    state: type | None = None
    version: int = 1
    snapshot_every: int = 200

    def fold(self, state: Any, events: Sequence[Event]) -> Any:
        """The state after all of `events`."""
        for event in events:
            state = self.evolve(state, event)
        return state
