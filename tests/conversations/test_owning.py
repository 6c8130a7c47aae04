"""Who owns a conversation, and who does not."""

from services.conversations.deciders.conversation import DECIDER
from shared.contracts.conversations import HandOver, NoteWaiting
from shared.contracts.refusals import AlreadyAssigned, ConversationIsClosed
from tests.examples import (
    BEN,
    BOT,
    CONVERSATION,
    MIRA,
    asked_by_service,
    assigned,
    assigns,
    closed,
    handed_over,
    routing_assigns,
    said,
    started,
    started_with_larch,
    unassigned,
    unassigns,
    waiting,
)  # fmt: skip
from tests.given import given


def hand_over(note: str = "") -> HandOver:
    return HandOver(**asked_by_service("conversations"), conversation_id=CONVERSATION, note=note)


def note_waiting(reason: str = "Everybody is away") -> NoteWaiting:
    return NoteWaiting(**asked_by_service("conversations"), conversation_id=CONVERSATION, reason=reason)


def test_mira_gives_the_conversation_to_ben() -> None:
    [owns] = given(DECIDER, started()).when(assigns(BEN, by=MIRA)).then_types("conversation_assigned")
    assert (owns.assignee.id, owns.by) == (BEN.id, "agent")


def test_giving_it_to_its_owner_again_changes_nothing() -> None:
    given(DECIDER, started(), assigned(BEN)).when(assigns(BEN)).then_nothing()
    given(DECIDER, started(), assigned(BEN)).when(routing_assigns(BEN)).then_nothing()


def test_people_may_give_it_to_somebody_else_routing_may_not() -> None:
    given(DECIDER, started(), assigned(BEN)).when(assigns(MIRA)).then_types("conversation_assigned")
    given(DECIDER, started(), assigned(BEN)).when(routing_assigns(MIRA)).then_refused(AlreadyAssigned)
    given(DECIDER, started(), said(BEN), assigned(BEN, by="reply")).when(routing_assigns(MIRA)).then_refused(AlreadyAssigned)


def test_routing_assigns_what_nobody_owns() -> None:
    [owns] = given(DECIDER, started(), waiting()).when(routing_assigns(MIRA)).then_types("conversation_assigned")
    assert (owns.assignee.id, owns.by) == (MIRA.id, "routing")


def test_assigning_takes_the_bots_conversation_over() -> None:
    [taken] = given(DECIDER, started_with_larch()).when(assigns(BEN)).then_types("conversation_assigned")
    [given_on] = given(DECIDER, started_with_larch(), assigned(BEN)).when(assigns(MIRA)).then_types("conversation_assigned")
    assert (taken.bot_led, given_on.bot_led) == (True, False)


def test_the_owner_is_taken_away_once() -> None:
    given(DECIDER, started(), assigned(BEN)).when(unassigns()).then_types("conversation_unassigned")
    given(DECIDER, started(), assigned(BEN), unassigned()).when(unassigns()).then_nothing()
    given(DECIDER, started()).when(unassigns()).then_nothing()


def test_an_ended_conversation_changes_hands_no_more() -> None:
    for command in (assigns(MIRA), routing_assigns(MIRA), unassigns(), hand_over()):
        given(DECIDER, started(), assigned(BEN), closed()).when(command).then_refused(ConversationIsClosed)


def test_larch_hands_over_once() -> None:
    [handed] = given(DECIDER, started_with_larch()).when(hand_over("Wants her size")).then_types("conversation_handed_over")
    assert (handed.bot, handed.note) == (BOT, "Wants her size")
    given(DECIDER, started_with_larch(), handed_over()).when(hand_over()).then_nothing()
    given(DECIDER, started_with_larch(), assigned(BEN)).when(hand_over()).then_nothing()


def test_why_nobody_came_is_said_once_per_reason() -> None:
    given(DECIDER, started()).when(note_waiting("Everybody is away")).then_types("conversation_waiting")
    given(DECIDER, started(), waiting("Everybody is away")).when(note_waiting("Everybody is away")).then_nothing()
    given(DECIDER, started(), waiting("Everybody is away")).when(note_waiting("Everybody is full")).then_types(
        "conversation_waiting"
    )


def test_nothing_waits_that_is_owned_or_ended() -> None:
    given(DECIDER, started(), assigned(BEN)).when(note_waiting()).then_nothing()
    given(DECIDER, started(), closed()).when(note_waiting()).then_nothing()


def test_what_waits_again_after_an_owner_says_why_again() -> None:
    history = given(DECIDER, started(), waiting(), assigned(BEN), unassigned())
    history.when(note_waiting()).then_types("conversation_waiting")
