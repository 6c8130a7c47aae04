"""A bot's published versions."""

from services.bots.deciders.bot import DECIDER
from shared.contracts.bots import BotPublished, FlowIsBroken
from tests.bots.sessions import publishes
from tests.examples import FLOW, LARCH, NOON
from tests.given import given

FIRST = BotPublished(at=NOON, bot_id=LARCH.id, name=LARCH.name, version=1, flow=FLOW)
SLOWER = FLOW.model_copy(update={"timeout_minutes": 45})


def test_a_bot_is_published() -> None:
    given(DECIDER).when(publishes()).then(FIRST)


def test_publishing_the_same_again_is_no_new_version() -> None:
    given(DECIDER, FIRST).when(publishes()).then_nothing()


def test_every_change_is_one_version_more() -> None:
    [second] = given(DECIDER, FIRST).when(publishes(SLOWER)).then_types("bot_published")
    [third] = given(DECIDER, FIRST, second).when(publishes(FLOW)).then_types("bot_published")
    [renamed] = given(DECIDER, FIRST).when(publishes(name="Alder")).then_types("bot_published")
    assert [second.version, third.version, renamed.version] == [2, 3, 2]


def test_a_broken_flow_is_never_published() -> None:
    broken = FLOW.model_copy(update={"start": "nowhere"})
    given(DECIDER).when(publishes(broken)).then_refused(FlowIsBroken)
    given(DECIDER, FIRST).when(publishes(broken)).then_refused(FlowIsBroken)
