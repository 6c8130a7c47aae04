"""What the machinery needs to know of a decider: four pure things, and which stream a command speaks to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.messages import Command, Event


@dataclass(frozen=True)
class Decider:
    """One kind of aggregate.

    `commands` are the classes it decides; `stream_of` gives the stream id, `<category>-<id>`; `decide` answers with the
    events that follow (none: there is nothing left to do) or raises a `Refused`. `place`, where a rule speaks of positions,
    tells the state where in the log an event stands. A stream that never ends names its `state` type, and is then snapshotted
    every `snapshot_every` events under `version` (raise it when the state's shape changes).
    """

    commands: tuple[type[Command], ...]
    stream_of: Callable[[Any], str]
    initial: Any
    decide: Callable[[Any, Any], Sequence[Event]]
    evolve: Callable[[Any, Any], Any]
    state: type | None = None
    place: Callable[[Any, Any, int], Any] | None = None
    version: int = 1
    snapshot_every: int = 200

    def step(self, state: Any, event: Event, position: int) -> Any:
        """The state after `event`, which stands at `position` of the log."""
        state = self.evolve(state, event)
        return self.place(state, event, position) if self.place else state

    def fold(self, state: Any, events: Sequence[Event], first: int = 1) -> Any:
        """The state after all of `events`, the first of which stands at position `first`."""
        for position, event in enumerate(events, first):
            state = self.step(state, event, position)
        return state
