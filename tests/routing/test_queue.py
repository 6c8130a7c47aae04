"""What nobody could take waits, in order, and is looked at again whenever that may have changed."""

import pytest

from shared.messages import Command
from tests.examples import BEN, MIRA, id_of
from tests.routing.desk import (
    carriers,
    carries,
    chooses_by,
    comes_back,
    connects,
    desk,
    ends,
    goes_away,
    here,
    is_owned_by,
    joins,
    leaves,
    wants_a_person,
)  # fmt: skip

THREE_WAIT = (wants_a_person("1"), wants_a_person("2"), wants_a_person("3"))


def test_asking_again_for_what_waits_or_is_owned_changes_nothing() -> None:
    desk(wants_a_person("1")).when(wants_a_person("1")).then_nothing()
    desk(*here(BEN), wants_a_person("1")).when(wants_a_person("1")).then_nothing()
    desk(is_owned_by("1", BEN)).when(wants_a_person("1")).then_nothing()


def test_who_has_waited_longest_is_first() -> None:
    told = desk(joins(BEN), *THREE_WAIT).when(connects(BEN))
    _, first, second, still = told.then_types(
        "connection_changed", "conversation_routed", "conversation_routed", "conversation_queued"
    )
    assert [first.conversation_id, second.conversation_id, still.conversation_id] == [id_of("1"), id_of("2"), id_of("3")]
    assert still.reason == "Everybody who is here has as many conversations as they can take"


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ((joins(BEN),), connects(BEN)),
        ((*here(BEN), goes_away(BEN)), comes_back(BEN)),
        (here(BEN, 0), carries(BEN, 1)),
        ((*here(BEN, 1), wants_a_person("0")), ends("0")),
        ((*here(BEN, 1), is_owned_by("0", BEN)), is_owned_by("0", None)),
        ((*here(BEN, 1), is_owned_by("0", BEN)), is_owned_by("0", MIRA)),
        ((*here(BEN), chooses_by("by_hand")), chooses_by("round_robin")),
    ],
    ids=["connected", "available", "capacity", "ended", "unassigned", "given away", "strategy"],
)
def test_the_queue_is_looked_at_when(before: tuple[Command, ...], change: Command) -> None:
    assert id_of("1") in desk(*before, wants_a_person("1")).state.queue
    assert desk(*before, wants_a_person("1"), change).state.owners[id_of("1")] == BEN.id


def test_a_new_reason_is_said_an_old_one_is_not_repeated() -> None:
    waiting = desk(wants_a_person("1"))
    _, again = waiting.when(joins(BEN)).then_types("agent_joined_desk", "conversation_queued")
    assert again.reason == "Nobody who is available is connected"
    desk(wants_a_person("1"), joins(BEN)).when(joins(MIRA)).then_types("agent_joined_desk")


def test_what_is_taken_or_ended_waits_no_more() -> None:
    desk(wants_a_person("1")).when(is_owned_by("1", MIRA)).then_types("owner_noted")
    desk(wants_a_person("1"), is_owned_by("1", MIRA)).when(is_owned_by("1", MIRA)).then_nothing()
    assert desk(wants_a_person("1"), is_owned_by("1", MIRA)).state.queue == {}
    desk(wants_a_person("1")).when(ends("1")).then_types("conversation_released")
    assert desk(wants_a_person("1"), ends("1")).state.queue == {}
    assert carriers(wants_a_person("1"), ends("1"), *here(BEN)) == []


def test_conversations_corrects_whom_the_desk_chose() -> None:
    """Mira was faster than routing: the load moves to her."""
    state = desk(*here(BEN), *here(MIRA), goes_away(MIRA), wants_a_person("1"), is_owned_by("1", MIRA)).state
    assert (state.agents[BEN.id].load, state.agents[MIRA.id].load) == (0, 1)


def test_what_somebody_owned_before_joining_is_part_of_their_load() -> None:
    """Two logs are heard side by side: an owner may be noted before the account is."""
    state = desk(is_owned_by("1", BEN), joins(BEN), connects(BEN)).state
    assert state.agents[BEN.id].load == 1
    assert desk(is_owned_by("1", BEN), *here(BEN, 1), wants_a_person("2")).state.queue.keys() == {id_of("2")}


def test_who_leaves_and_comes_again_carries_what_they_still_own() -> None:
    state = desk(*here(BEN), wants_a_person("1"), leaves(BEN), joins(BEN)).state
    assert state.agents[BEN.id].load == 1
    assert desk(*here(BEN), wants_a_person("1"), leaves(BEN), joins(BEN), ends("1")).state.agents[BEN.id].load == 0
