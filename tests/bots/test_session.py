"""One bot leading one conversation."""

import pytest

from services.bots.deciders.session import DECIDER
from shared.contracts.bots import AskText, Finish, Flow, Say, SessionIsOver
from shared.messages import Command
from tests.bots.sessions import (
    agent_closes,
    ana_answers,
    begins,
    bubbles,
    people_take_over,
    publishes,
    session,
    silence_lasts,
)  # fmt: skip
from tests.examples import ANA, FLOW, LARCH
from tests.given import given

GREETED = (begins(),)
ASKED_FOR_ADDRESS = (begins(), ana_answers("Support"))


def test_the_session_waits_where_the_greeting_ended() -> None:
    started, reached = session().when(begins()).then_types("session_started", "step_reached")
    assert (started.step, reached.step, reached.answers, reached.timeout_minutes) == ("topic", "topic", 0, 20)


def test_starting_again_changes_nothing() -> None:
    session(*GREETED).when(begins()).then_nothing()
    session(*GREETED, people_take_over()).when(begins()).then_nothing()


@pytest.mark.parametrize("words", ["Support", "support", "  SUPPORT "])
def test_a_quick_reply_is_understood_however_it_is_written(words: str) -> None:
    replied, reached = session(*GREETED).when(ana_answers(words)).then_types("bot_replied", "step_reached")
    assert (replied.content.text, replied.bot_id) == ("What is your e-mail address?", LARCH.id)
    assert (reached.step, reached.answers) == ("address", 1)


def test_quick_replies_come_with_the_last_bubble_only() -> None:
    again = Flow(start="ask", steps={"ask": AskText(bubbles=("Yes?",), then="say"), "say": Say(bubbles=("A", "B"), then="ask")})
    events = session(begins(again)).when(ana_answers("x")).then_types(*["bot_replied"] * 3, "step_reached")
    assert bubbles(events) == ["A", "B", "Yes?"]
    to_topic = FLOW.model_copy(update={"start": "why", "steps": {**FLOW.steps, "why": AskText(bubbles=("Why?",), then="hello")}})
    hello, topic, _ = session(begins(to_topic)).when(ana_answers("x")).then_types("bot_replied", "bot_replied", "step_reached")
    assert (hello.content.quick_replies, len(topic.content.quick_replies)) == ((), 2)


def test_what_is_no_choice_goes_to_people() -> None:
    replied, handed = session(*GREETED).when(ana_answers("A person please")).then_types("bot_replied", "session_handed_over")
    assert replied.content.text == "Somebody will be here in a moment."
    assert handed.why[-1].deciding


def test_a_finished_flow_ends_the_session() -> None:
    said, ended = session(*GREETED).when(ana_answers("Sales")).then_types("bot_replied", "session_ended")
    assert (said.content.text, ended.reason) == ("We open at nine.", "finished")


@pytest.mark.parametrize("words", ["ana@home.example", "It is ana@home.example.", "<ana@home.example>, thanks"])
def test_an_address_is_found_in_what_ana_says(words: str) -> None:
    captured, *_ = (
        session(*ASKED_FOR_ADDRESS)
        .when(ana_answers(words))
        .then_types("address_captured", "bot_replied", "bot_replied", "session_handed_over")
    )
    assert (captured.address, captured.contact_id) == ("ana@home.example", ANA.id)


def test_a_wrong_address_is_asked_for_again_then_people_take_over() -> None:
    again, reached = session(*ASKED_FOR_ADDRESS).when(ana_answers("ana at home")).then_types("bot_replied", "step_reached")
    assert (again.content.text, reached.step, reached.tries) == ("That is no address. Once more?", "address", 1)
    twice = session(*ASKED_FOR_ADDRESS, ana_answers("ana at home")).when(ana_answers("no"))
    assert bubbles(twice.then_types("bot_replied", "session_handed_over")) == ["Somebody will be here in a moment."]


def test_the_second_try_may_succeed() -> None:
    session(*ASKED_FOR_ADDRESS, ana_answers("no")).when(ana_answers("ana@home.example")).then_types(
        "address_captured", "bot_replied", "bot_replied", "session_handed_over"
    )


def test_silence_ends_the_session() -> None:
    [ended] = session(*GREETED).when(silence_lasts(0)).then_types("session_ended")
    assert ended.reason == "timed_out"
    assert [cause.text for cause in ended.why] == ["Larch waited at the step “topic”", "The visitor said nothing for 20 minutes"]


def test_a_word_said_later_makes_the_time_out_void() -> None:
    session(*ASKED_FOR_ADDRESS).when(silence_lasts(0)).then_nothing()
    session(*ASKED_FOR_ADDRESS).when(silence_lasts(1)).then_types("session_ended")


def test_people_silence_the_bot_at_once() -> None:
    [taken] = session(*GREETED).when(people_take_over()).then_types("session_ended")
    [closed] = session(*GREETED).when(agent_closes()).then_types("session_ended")
    assert (taken.reason, closed.reason) == ("taken_over", "closed")


OVER: tuple[tuple[Command, ...], ...] = (
    (),
    (*GREETED, people_take_over()),
    (*GREETED, agent_closes()),
    (*GREETED, silence_lasts()),
    (*GREETED, ana_answers("Sales")),
    (*GREETED, ana_answers("A person please")),
)


@pytest.mark.parametrize("history", OVER, ids=["never", "taken over", "closed", "timed out", "finished", "handed over"])
@pytest.mark.parametrize("command", [ana_answers("Support"), people_take_over(), silence_lasts()], ids=lambda c: c.type)
def test_a_session_that_is_over_has_no_say(history: tuple[Command, ...], command: Command) -> None:
    session(*history).when(command).then_refused(SessionIsOver)


def test_a_new_version_never_touches_a_running_session() -> None:
    other = Flow(start="bye", steps={"bye": Finish(bubbles=("Bye",))})
    assert publishes(other).flow != session(*GREETED).state.flow
    session(*GREETED).when(ana_answers("Sales")).then_types("bot_replied", "session_ended")


def test_the_same_answer_twice_makes_the_same_messages() -> None:
    answer = ana_answers("A person please")
    state = given(DECIDER, *session(*GREETED).events).state
    assert list(DECIDER.decide(answer, state)) == list(DECIDER.decide(answer, state))
