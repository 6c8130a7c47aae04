"""Who takes the next conversation."""

from collections import Counter
from random import Random

from hypothesis import given as whatever
from hypothesis import strategies as st

from services.routing.strategies import Agent, choose, reason_for_nobody
from shared.contracts.routing import Strategy
from tests.examples import BEN, MIRA, TOMAS, id_of
from tests.routing.desk import (
    carriers,
    chooses_by,
    desk,
    disconnects,
    ends,
    goes_away,
    here,
    is_owned_by,
    joins,
    leaves,
    wants_a_person,
)  # fmt: skip

EVERYBODY = (*here(BEN, 9), *here(MIRA, 9), *here(TOMAS, 9))


def test_round_robin_gives_everybody_their_turn() -> None:
    takers = carriers(*EVERYBODY, *(wants_a_person(f"{n}") for n in range(9)))
    assert Counter(takers) == {BEN.id: 3, MIRA.id: 3, TOMAS.id: 3}
    assert len({*takers[:3]}) == len({*takers[3:6]}) == 3


def test_round_robin_goes_on_where_it_was_whatever_ends_meanwhile() -> None:
    first, second = carriers(*here(BEN), *here(MIRA), wants_a_person("1"), ends("1"), wants_a_person("2"))
    assert first != second


def test_who_was_away_is_next_when_back() -> None:
    away = (*EVERYBODY, goes_away(TOMAS), wants_a_person("1"), wants_a_person("2"))
    assert TOMAS.id not in carriers(*away)
    assert carriers(*away, goes_away(TOMAS, available=True), wants_a_person("3"))[-1] == TOMAS.id


def test_least_busy_looks_at_the_load_people_have_by_whatever_way() -> None:
    by_load = (*here(BEN, 9), *here(MIRA, 9), chooses_by("least_busy"))
    assert carriers(*by_load, is_owned_by("1", BEN), is_owned_by("2", BEN), wants_a_person("3")) == [MIRA.id]
    assert carriers(*by_load, is_owned_by("1", MIRA), wants_a_person("3")) == [BEN.id]


def test_nobody_is_given_more_than_they_can_take() -> None:
    full = (*here(BEN, 2), *here(MIRA, 1), *(wants_a_person(f"{n}") for n in range(5)))
    assert Counter(carriers(*full)) == {BEN.id: 2, MIRA.id: 1}
    assert list(desk(*full).state.queue) == [id_of("3"), id_of("4")]


def test_by_hand_chooses_nobody() -> None:
    [queued] = desk(*EVERYBODY, chooses_by("by_hand")).when(wants_a_person("1")).then_types("conversation_queued")
    assert queued.reason == "This inbox is assigned by hand"


def test_inboxes_choose_each_in_their_own_way() -> None:
    support = id_of("support")
    mixed = (*EVERYBODY, chooses_by("by_hand", support))
    desk(*mixed).when(wants_a_person("1", support)).then_types("conversation_queued")
    desk(*mixed).when(wants_a_person("1")).then_types("conversation_routed")


def test_a_choice_says_why() -> None:
    [routed] = desk(*here(BEN), *here(MIRA), goes_away(MIRA)).when(wants_a_person("1")).then_types("conversation_routed")
    assert [cause.text for cause in routed.why] == [
        "Round robin among 1",
        "Mira Lindqvist is away",
        "Ben Okoro’s turn, 0 of 2 conversations",
    ]
    assert [cause.deciding for cause in routed.why] == [False, False, True]


def test_why_nobody_could_take_it() -> None:
    reasons = {
        "Nobody has joined this inbox yet": (),
        "Everybody is away": (*here(BEN), goes_away(BEN)),
        "Nobody who is available is connected": (joins(BEN), *here(MIRA), goes_away(MIRA)),
        "Everybody who is here has as many conversations as they can take": (*here(BEN, 1), is_owned_by("0", BEN)),
    }
    for reason, before in reasons.items():
        [queued] = desk(*before).when(wants_a_person("1")).then_types("conversation_queued")
        assert queued.reason == reason
        assert queued.why[-1].text == reason
    [queued] = desk(*here(BEN), leaves(BEN)).when(wants_a_person("1")).then_types("conversation_queued")
    assert queued.reason == "Nobody has joined this inbox yet"
    [queued] = desk(*here(BEN), disconnects(BEN)).when(wants_a_person("1")).then_types("conversation_queued")
    assert queued.reason == "Nobody who is available is connected"


AGENTS = st.lists(
    st.builds(
        Agent,
        id=st.uuids().map(str), name=st.just("Somebody"), capacity=st.integers(0, 5), available=st.booleans(),
        connected=st.booleans(), load=st.integers(0, 6), turn=st.integers(0, 9),
    ),
    max_size=8, unique_by=lambda agent: agent.id,
)  # fmt: skip
STRATEGY = st.sampled_from(["round_robin", "least_busy", "by_hand"])


@whatever(STRATEGY, AGENTS)
def test_only_the_eligible_are_chosen_and_somebody_is_if_anybody_can(strategy: Strategy, agents: list[Agent]) -> None:
    chosen = choose(strategy, agents)
    eligible = [agent for agent in agents if agent.eligible]
    if strategy == "by_hand" or not eligible:
        assert chosen is None
        assert reason_for_nobody(strategy, agents)
    else:
        assert chosen in eligible


@whatever(STRATEGY, AGENTS, st.randoms())
def test_the_choice_does_not_depend_on_the_order_people_are_listed_in(
    strategy: Strategy, agents: list[Agent], chance: Random
) -> None:
    shuffled = agents.copy()
    chance.shuffle(shuffled)
    assert choose(strategy, agents) == choose(strategy, shuffled)
