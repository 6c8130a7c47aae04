"""Whatever happens in whatever order, the desk's books are right."""

from collections import Counter

from hypothesis import given as whatever
from hypothesis import settings
from hypothesis import strategies as st

from services.routing.decider import DECIDER, Desk
from shared.contracts.routing import ConversationRouted
from shared.errors import Refused
from shared.messages import Command, Event
from tests.examples import BEN, MIRA, TOMAS, id_of
from tests.routing.desk import (
    carries,
    chooses_by,
    connects,
    ends,
    goes_away,
    is_owned_by,
    joins,
    leaves,
    wants_a_person,
)  # fmt: skip

SOMEBODY = st.sampled_from([BEN, MIRA, TOMAS])
CONVERSATION = st.integers(1, 6).map(str)
NUMBER = st.integers(0, 3)
INBOX = st.sampled_from([id_of("sales"), id_of("support")])
ANYTHING: st.SearchStrategy[Command] = st.one_of(
    st.builds(joins, SOMEBODY, NUMBER),
    st.builds(leaves, SOMEBODY),
    st.builds(connects, SOMEBODY, st.booleans()),
    st.builds(goes_away, SOMEBODY, st.booleans()),
    st.builds(carries, SOMEBODY, NUMBER),
    st.builds(chooses_by, st.sampled_from(["round_robin", "least_busy", "by_hand"]), INBOX),
    st.builds(wants_a_person, CONVERSATION, INBOX),
    st.builds(is_owned_by, CONVERSATION, st.one_of(st.none(), SOMEBODY)),
    st.builds(ends, CONVERSATION),
)
BUSY_START = st.just([command for who in (BEN, MIRA) for command in (joins(who, 2), connects(who))])


def check_books(state: Desk) -> None:
    owned = Counter(state.owners.values())
    for agent in state.agents.values():
        assert agent.load == owned[agent.id], "the load is the number of conversations owned"
    assert not state.owners.keys() & state.queue.keys(), "nothing waits that is owned"


def check_choice(before: Desk, event: Event) -> None:
    if isinstance(event, ConversationRouted):
        agent = before.agents[event.agent_id]
        assert agent.eligible, "only who is here, available and has room is chosen"
        assert agent.load < agent.capacity


@settings(max_examples=400, deadline=None)
@whatever(BUSY_START, st.lists(ANYTHING, max_size=40))
def test_the_books_are_right_after_every_event(start: list[Command], commands: list[Command]) -> None:
    state: Desk = DECIDER.initial
    for command in [*start, *commands]:
        try:
            events = DECIDER.decide(command, state)
        except Refused:
            continue
        for event in events:
            check_choice(state, event)
            state = DECIDER.evolve(state, event)
            check_books(state)


@settings(max_examples=200, deadline=None)
@whatever(BUSY_START, st.lists(ANYTHING, max_size=30))
def test_nobody_waits_while_somebody_could_take_them(start: list[Command], commands: list[Command]) -> None:
    state: Desk = DECIDER.initial
    for command in [*start, *commands]:
        try:
            state = DECIDER.fold(state, DECIDER.decide(command, state))
        except Refused:
            continue
        by_hand = {inbox for inbox, strategy in state.strategies.items() if strategy == "by_hand"}
        waits = [waiting for waiting in state.queue.values() if waiting.inbox_id not in by_hand]
        assert not (waits and any(agent.eligible for agent in state.agents.values()))


@settings(max_examples=100, deadline=None)
@whatever(BUSY_START, st.lists(ANYTHING, max_size=30))
def test_a_command_repeated_at_once_changes_nothing(start: list[Command], commands: list[Command]) -> None:
    state: Desk = DECIDER.initial
    for command in [*start, *commands]:
        try:
            state = DECIDER.fold(state, DECIDER.decide(command, state))
        except Refused:
            continue
        assert list(DECIDER.decide(command, state)) == []
