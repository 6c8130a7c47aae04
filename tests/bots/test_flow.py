"""A flow always comes to a stop, or is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.bots.deciders.session import DECIDER
from services.bots.flow import Said, check, chosen, speak
from shared.contracts.bots import AskAddress, AskChoice, AskText, Finish, Flow, FlowIsBroken, HandOff, Say, Step
from shared.errors import Refused
from shared.messages import Command
from tests.bots.sessions import agent_closes, ana_answers, begins, people_take_over, silence_lasts
from tests.examples import FLOW, choice

NAMES = ["a", "b", "c", "d", "nowhere"]
NAME = st.sampled_from(NAMES)
BUBBLES = st.just(("Hello",))
STEP: st.SearchStrategy[Step] = st.one_of(
    st.builds(Say, bubbles=BUBBLES, then=NAME),
    st.builds(AskText, bubbles=BUBBLES, then=NAME),
    st.builds(AskChoice, bubbles=BUBBLES, choices=st.tuples(st.builds(choice, st.just("Yes"), NAME)), otherwise=NAME),
    st.builds(AskAddress, bubbles=BUBBLES, again=st.just("Again?"), tries=st.integers(1, 3), then=NAME, otherwise=NAME),
    st.just(HandOff()),
    st.just(Finish(bubbles=("Bye",))),
)
ANY_FLOW = st.builds(Flow, start=NAME, steps=st.dictionaries(st.sampled_from(NAMES[:4]), STEP, min_size=1))


def sound(flow: Flow) -> bool:
    try:
        check(flow)
    except FlowIsBroken:
        return False
    return True


def test_larch_is_sound_and_greets() -> None:
    check(FLOW)
    said = speak(FLOW, "hello")
    assert (said.bubbles, said.step, len(said.quick_replies)) == (("Hello!", "Sales or support?"), "topic", 2)


def test_the_choice_meant_is_found() -> None:
    topic = FLOW.steps["topic"]
    assert isinstance(topic, AskChoice)
    assert chosen(topic, " sales ") == topic.choices[0]
    assert chosen(topic, "sale") is None


@pytest.mark.parametrize(
    "steps",
    [
        {"b": Finish()},
        {"a": Say(bubbles=("A",), then="nowhere")},
        {"a": Say(bubbles=("A",), then="a")},
        {"a": Say(bubbles=("A",), then="b"), "b": Say(bubbles=("B",), then="a")},
        {"a": AskText(bubbles=("A",), then="nowhere")},
        {"a": AskChoice(bubbles=("A",), choices=(choice("Yes", "nowhere"),), otherwise="a")},
        {"a": AskChoice(bubbles=("A",), choices=(choice("Yes", "a"),), otherwise="nowhere")},
        {"a": AskAddress(bubbles=("A",), again="Again?", then="nowhere", otherwise="a")},
        {"a": AskAddress(bubbles=("A",), again="Again?", then="a", otherwise="nowhere")},
        {"a": Finish(), "unused": Say(bubbles=("A",), then="nowhere")},
    ],
)
def test_a_flow_that_leads_nowhere_or_in_a_circle_is_broken(steps: dict[str, Step]) -> None:
    with pytest.raises(FlowIsBroken):
        check(Flow(start="a", steps=steps))


def test_a_circle_that_asks_is_fine() -> None:
    check(Flow(start="a", steps={"a": Say(bubbles=("A",), then="b"), "b": AskText(bubbles=("B",), then="a")}))


@given(ANY_FLOW, NAME)
def test_speaking_always_stops_or_says_that_the_flow_is_broken(flow: Flow, step: str) -> None:
    try:
        said = speak(flow, step)
    except FlowIsBroken:
        return
    assert isinstance(said, Said)
    assert not isinstance(said.stop, Say)
    assert flow.steps[said.step] == said.stop


ANYTHING: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from(["yes", "no", "ana@home.example", "", "🚲"]).map(ana_answers),
    st.just(people_take_over()),
    st.just(agent_closes()),
    st.integers(0, 5).map(silence_lasts),
)


@settings(max_examples=300, deadline=None)
@given(ANY_FLOW.filter(sound), st.lists(ANYTHING, max_size=12))
def test_a_sound_flow_never_breaks_a_session_and_after_its_end_nothing_follows(flow: Flow, commands: list[Command]) -> None:
    state = DECIDER.fold(DECIDER.initial, DECIDER.decide(begins(flow), DECIDER.initial))
    for command in commands:
        try:
            events = list(DECIDER.decide(command, state))
        except Refused:
            assert state.over, "a session that runs refuses nothing"
            continue
        assert not state.over, "a session that is over has no effect"
        ends = [n for n, event in enumerate(events, 1) if event.type in {"session_ended", "session_handed_over"}]  # type: ignore[attr-defined]
        assert ends in ([], [len(events)]), "the end is the last thing that happens"
        state = DECIDER.fold(state, events)
        assert state.over or not isinstance(flow.steps[state.step], Say), "it waits where somebody can answer"
