"""Whether a transcript goes out, and why not."""

from typing import Any

import pytest
from hypothesis import given as whenever
from hypothesis import strategies

from services.transcripts.decider import DECIDER
from shared.contracts.transcripts import (
    NothingToSend,
    TranscriptExists,
    TranscriptNotFound,
    TranscriptRequested,
    TranscriptWithheld,
)  # fmt: skip
from tests.examples import id_of
from tests.given import given
from tests.transcripts.examples import (
    ben_sends,
    failed,
    requested,
    sent,
    the_end_is_considered,
    the_mail_arrived,
    the_mail_was_refused,
    withheld,
)  # fmt: skip

SWITCHED_OFF: dict[str, Any] = {"switched_on": False}
BOT: dict[str, Any] = {"with_bot": True}
TICKET: dict[str, Any] = {"ticket_id": id_of("ticket")}
TOO_MANY: dict[str, Any] = {"too_many": True}
NO_ADDRESS: dict[str, Any] = {"to_address": None}


def decided(**facts: Any) -> TranscriptRequested | TranscriptWithheld:
    [event] = DECIDER.decide(the_end_is_considered(**facts), DECIDER.initial)
    assert isinstance(event, TranscriptRequested | TranscriptWithheld)
    return event


def test_an_ended_chat_is_mailed_by_itself() -> None:
    [event] = given(DECIDER).when(the_end_is_considered()).then_types("transcript_requested")
    assert event == requested(why=event.why)
    assert [cause.deciding for cause in event.why] == [False, False, True]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (SWITCHED_OFF, "switched_off"),
        (BOT, "bot_conversation"),
        (TICKET, "ticket_created"),
        (NO_ADDRESS, "no_address"),
        (TOO_MANY, "too_many"),
        (SWITCHED_OFF | BOT | TICKET | NO_ADDRESS, "switched_off"),
        (BOT | TICKET | NO_ADDRESS, "bot_conversation"),
        (TICKET | NO_ADDRESS, "ticket_created"),
    ],
)
def test_it_is_withheld_and_the_first_reason_is_told(facts: dict[str, Any], reason: str) -> None:
    event = decided(**facts)
    assert isinstance(event, TranscriptWithheld)
    assert event.reason == reason
    assert event.why[-1].deciding


@whenever(
    strategies.booleans(), strategies.booleans(), strategies.sampled_from([None, id_of("ticket")]),
    strategies.sampled_from([None, "ana@home.example"]),
)  # fmt: skip
def test_it_is_requested_exactly_when_nothing_speaks_against_it(
    switched_on: bool, with_bot: bool, ticket_id: str | None, to_address: str | None
) -> None:
    event = decided(switched_on=switched_on, with_bot=with_bot, ticket_id=ticket_id, to_address=to_address)
    wanted = switched_on and not with_bot and ticket_id is None and to_address is not None
    assert isinstance(event, TranscriptRequested) is wanted


@pytest.mark.parametrize("history", [[requested()], [withheld()], [requested(), sent()]])
def test_an_end_is_considered_once(history: list[Any]) -> None:
    given(DECIDER, *history).when(the_end_is_considered(to_address="other@home.example")).then_nothing()


def test_ben_sends_it_by_hand() -> None:
    [event] = given(DECIDER).when(ben_sends()).then_types("transcript_requested")
    assert event == requested(by_hand=True, why=event.why)


def test_sent_by_hand_again_is_sent_once() -> None:
    given(DECIDER, requested(by_hand=True)).when(ben_sends()).then_nothing()


@pytest.mark.parametrize("other", [{"to_address": "eve@home.example"}, {"subject": "Other"}, {"conversation_id": id_of("other")}])
def test_one_transcript_is_not_sent_to_two_people(other: dict[str, Any]) -> None:
    given(DECIDER, requested(by_hand=True)).when(ben_sends(**other)).then_refused(TranscriptExists)


def test_without_a_sender_there_is_nothing_to_send() -> None:
    given(DECIDER).when(ben_sends(from_address=None)).then_refused(NothingToSend)


def test_the_mail_arrived() -> None:
    given(DECIDER, requested()).when(the_mail_arrived()).then(sent())


def test_the_mail_may_have_arrived_twice() -> None:
    given(DECIDER, requested(by_hand=True)).when(the_mail_arrived(maybe_twice=True)).then(sent(by_hand=True, maybe_twice=True))


def test_the_mail_was_refused() -> None:
    given(DECIDER, requested()).when(the_mail_was_refused()).then(failed())


@pytest.mark.parametrize("history", [[requested(), sent()], [requested(), failed()]])
def test_the_first_result_counts(history: list[Any]) -> None:
    given(DECIDER, *history).when(the_mail_arrived()).then_nothing()
    given(DECIDER, *history).when(the_mail_was_refused()).then_nothing()


@pytest.mark.parametrize("history", [[], [withheld()]])
def test_a_mail_nobody_asked_for(history: list[Any]) -> None:
    given(DECIDER, *history).when(the_mail_arrived()).then_refused(TranscriptNotFound)
