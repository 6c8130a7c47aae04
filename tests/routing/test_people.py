"""Who is at the desk: each change is told once, and only of people who are there."""

import pytest

from shared.contracts.routing import AgentNotFound
from shared.messages import Command
from tests.examples import BEN
from tests.routing.desk import carries, chooses_by, comes_back, connects, desk, disconnects, ends, goes_away, joins, leaves

THERE = (joins(BEN),)


@pytest.mark.parametrize(
    ("before", "command", "event"),
    [
        ((), joins(BEN), "agent_joined_desk"),
        (THERE, leaves(BEN), "agent_left_desk"),
        (THERE, goes_away(BEN), "availability_changed"),
        ((*THERE, goes_away(BEN)), comes_back(BEN), "availability_changed"),
        (THERE, carries(BEN, 3), "capacity_changed"),
        (THERE, connects(BEN), "connection_changed"),
        ((*THERE, connects(BEN)), disconnects(BEN), "connection_changed"),
        ((), chooses_by("least_busy"), "strategy_set"),
    ],
    ids=lambda value: getattr(value, "type", None),
)
def test_it_happens_and_repeated_it_does_not(before: tuple[Command, ...], command: Command, event: str) -> None:
    desk(*before).when(command).then_types(event)
    desk(*before, command).when(command).then_nothing()


@pytest.mark.parametrize("command", [goes_away(BEN), carries(BEN, 3), connects(BEN)], ids=lambda command: command.type)
def test_who_never_joined_or_has_left_is_not_found(command: Command) -> None:
    desk().when(command).then_refused(AgentNotFound)
    desk(*THERE, leaves(BEN)).when(command).then_refused(AgentNotFound)


def test_what_is_so_already_is_no_change() -> None:
    desk().when(leaves(BEN)).then_nothing()
    desk(*THERE).when(comes_back(BEN)).then_nothing()
    desk(*THERE).when(disconnects(BEN)).then_nothing()
    desk(*THERE).when(carries(BEN, 2)).then_nothing()
    desk().when(chooses_by("round_robin")).then_nothing()
    desk().when(ends("one")).then_nothing()
