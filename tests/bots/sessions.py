"""Larch at work: ready-made commands and histories of bots."""

from typing import Any

from services.bots.deciders.session import DECIDER
from shared.contracts.bots import AnswerSession, Flow, PublishBot, StartSession, StopSession, TimeOutSession
from shared.messages import Command, Event, new_id
from tests.examples import ANA, BOT, CONVERSATION, FLOW, LARCH, asked_by_service
from tests.given import Given, given


def publishes(flow: Flow = FLOW, **changes: Any) -> PublishBot:
    return PublishBot(**asked_by_service("bots") | {"bot_id": LARCH.id, "name": LARCH.name, "flow": flow} | changes)


def begins(flow: Flow = FLOW) -> StartSession:
    facts: dict[str, Any] = {"conversation_id": CONVERSATION, "contact_id": ANA.id, "bot_id": BOT.id, "bot_name": BOT.name}
    return StartSession(**asked_by_service("bots"), **facts, version=1, flow=flow)


def ana_answers(text: str) -> AnswerSession:
    return AnswerSession(**asked_by_service("bots"), conversation_id=CONVERSATION, message_id=new_id(), text=text)


def people_take_over() -> StopSession:
    return StopSession(**asked_by_service("bots"), conversation_id=CONVERSATION, reason="taken_over")


def agent_closes() -> StopSession:
    return StopSession(**asked_by_service("bots"), conversation_id=CONVERSATION, reason="closed")


def silence_lasts(answers: int = 0) -> TimeOutSession:
    return TimeOutSession(**asked_by_service("bots"), conversation_id=CONVERSATION, answers=answers)


def session(*commands: Command) -> Given:
    """The session after all of this was asked of it."""
    events: list[Event] = []
    for command in commands:
        events += DECIDER.decide(command, DECIDER.fold(DECIDER.initial, events))
    return given(DECIDER, *events)


def bubbles(events: list[Any]) -> list[str]:
    """What the bot said in these events."""
    return [event.content.text for event in events if event.type == "bot_replied"]
