"""given(what happened).when(somebody asks).then(what follows): how a rule reads as a test."""

from dataclasses import dataclass
from typing import Any

import pytest

from shared.decider import Decider
from shared.errors import Refused
from shared.messages import Command, Event


@dataclass(frozen=True)
class Given:
    """A stream with a history."""

    decider: Decider
    events: tuple[Event, ...]

    def when(self, command: Command) -> "When":
        """Somebody asks for this."""
        return When(self, command)

    @property
    def state(self) -> Any:
        """What the history adds up to."""
        return self.decider.fold(self.decider.initial, self.events)


@dataclass(frozen=True)
class When:
    """A command, about to be decided."""

    given: Given
    command: Command

    def then(self, *expected: Event) -> None:
        """Exactly these events follow."""
        assert list(self._decide()) == list(expected)

    def then_types(self, *expected: str) -> list[Any]:
        """Events of exactly these types follow; answers with them, to look closer."""
        events = list(self._decide())
        assert [event.type for event in events] == list(expected)
        return events

    def then_nothing(self) -> None:
        """Nothing is left to do."""
        assert list(self._decide()) == []

    def then_refused(self, refusal: type[Refused]) -> None:
        """The rules say no, in these words."""
        with pytest.raises(refusal):
            self._decide()

    def _decide(self) -> Any:
        assert type(self.command) in self.given.decider.commands, "the decider does not take this command"
        return self.given.decider.decide(self.command, self.given.state)


def given(decider: Decider, *events: Event) -> Given:
    """A stream to which `events` have happened."""
    return Given(decider, events)
