"""A session: one bot leading one conversation, step by step, until it is done, silenced or the visitor falls silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from pydantic import TypeAdapter, ValidationError

from services.bots.flow import Said, chosen, speak
from shared.contracts.bots import (
    AddressCaptured,
    AnswerSession,
    AskAddress,
    AskChoice,
    AskText,
    BotReplied,
    BotsEvent,
    Finish,
    Flow,
    HandOff,
    SessionEnded,
    SessionHandedOver,
    SessionIsOver,
    SessionStarted,
    StartSession,
    StepReached,
    StopSession,
    TimeOutSession,
)  # fmt: skip
from shared.contracts.values import Content
from shared.decider import Decider
from shared.messages import Address, derived_id, why

ADDRESS = TypeAdapter[str](Address)
Asking = AskChoice | AskAddress | AskText
SessionCommand = StartSession | AnswerSession | StopSession | TimeOutSession


@dataclass(frozen=True)
class Session:
    """Where the visitor stands. `answers` counts what they said; a time-out set before a later answer is void."""

    conversation_id: str = ""
    contact_id: str = ""
    bot_id: str = ""
    bot_name: str = ""
    flow: Flow | None = None
    step: str = ""
    answers: int = 0
    tries: int = 0
    over: bool = False


def decide(command: SessionCommand, state: Session) -> Sequence[BotsEvent]:
    """The events that follow. Raises SessionIsOver when the bot has no say any more."""
    if isinstance(command, StartSession):
        return [] if state.flow else list(_start(command))
    if state.flow is None or state.over:
        raise SessionIsOver
    match command:
        case AnswerSession():
            return list(_answer(command, state, state.flow))
        case StopSession():
            return [_ended(command, state, command.reason)]
        case TimeOutSession():
            return [_timed_out(command, state, state.flow)] if command.answers == state.answers else []
        case _:
            assert_never(command)


def _start(command: StartSession) -> Iterator[BotsEvent]:
    """The greeting has been shown already; the session waits where it ended."""
    greeting = speak(command.flow, command.flow.start)
    yield SessionStarted(
        at=command.at, conversation_id=command.conversation_id, contact_id=command.contact_id, bot_id=command.bot_id,
        bot_name=command.bot_name, version=command.version, flow=command.flow, step=greeting.step,
    )  # fmt: skip
    yield StepReached(
        at=command.at, conversation_id=command.conversation_id, step=greeting.step, answers=0,
        timeout_minutes=command.flow.timeout_minutes,
    )  # fmt: skip


def _answer(command: AnswerSession, state: Session, flow: Flow) -> Iterator[BotsEvent]:
    match flow.steps[state.step]:
        case AskChoice() as asked:
            choice = chosen(asked, command.text)
            yield from _go(command, state, flow, choice.then if choice else asked.otherwise)
        case AskAddress() as asked:
            yield from _hear_address(command, state, flow, asked)
        case AskText(then=then):
            yield from _go(command, state, flow, then)
        case _:
            yield from _go(command, state, flow, state.step)


def _hear_address(command: AnswerSession, state: Session, flow: Flow, asked: AskAddress) -> Iterator[BotsEvent]:
    if (address := _address_in(command.text)) is not None:
        yield AddressCaptured(at=command.at, conversation_id=state.conversation_id, contact_id=state.contact_id, address=address)
        yield from _go(command, state, flow, asked.then)
    elif state.tries + 1 >= asked.tries:
        yield from _go(command, state, flow, asked.otherwise)
    else:
        yield _reply(command, state, Content(text=asked.again), 0)
        yield _reached(command, state, flow, state.step, tries=state.tries + 1)


def _address_in(text: str) -> str | None:
    """The one word of the answer that is an address, so that "it is ana@example.org" works too."""
    for word in text.split():
        try:
            return ADDRESS.validate_python(word.strip(".,;:!?()<>\"'"))
        except ValidationError:
            continue
    return None


def _go(command: AnswerSession, state: Session, flow: Flow, step: str) -> Iterator[BotsEvent]:
    said = speak(flow, step)
    yield from _replies(command, state, said)
    match said.stop:
        case HandOff():
            asked = f"{state.bot_name} reached the step “{said.step}”, which hands over to people"
            yield SessionHandedOver(at=command.at, conversation_id=state.conversation_id, bot_name=state.bot_name, why=why(asked))
        case Finish():
            yield _ended(command, state, "finished")
        case _:
            yield _reached(command, state, flow, said.step)


def _replies(command: AnswerSession, state: Session, said: Said) -> Iterator[BotReplied]:
    for n, bubble in enumerate(said.bubbles, 1):
        quick_replies = said.quick_replies if n == len(said.bubbles) else ()
        yield _reply(command, state, Content(text=bubble, quick_replies=quick_replies), n)


def _reply(command: AnswerSession, state: Session, content: Content, n: int) -> BotReplied:
    return BotReplied(
        at=command.at, conversation_id=state.conversation_id, bot_id=state.bot_id, bot_name=state.bot_name,
        message_id=derived_id(command.command_id, f"bubble-{n}"), content=content,
    )  # fmt: skip


def _reached(command: AnswerSession, state: Session, flow: Flow, step: str, tries: int = 0) -> StepReached:
    return StepReached(
        at=command.at, conversation_id=state.conversation_id, step=step, answers=state.answers + 1, tries=tries,
        timeout_minutes=flow.timeout_minutes,
    )  # fmt: skip


def _timed_out(command: TimeOutSession, state: Session, flow: Flow) -> SessionEnded:
    silence = f"The visitor said nothing for {flow.timeout_minutes:g} minutes"
    cause = why(f"{state.bot_name} waited at the step “{state.step}”", silence)
    return SessionEnded(at=command.at, conversation_id=state.conversation_id, reason="timed_out", why=cause)


def _ended(command: AnswerSession | StopSession, state: Session, reason: str) -> SessionEnded:
    return SessionEnded.model_validate({"at": command.at, "conversation_id": state.conversation_id, "reason": reason})


def evolve(state: Session, event: BotsEvent) -> Session:
    """The session after `event`."""
    match event:
        case SessionStarted():
            return Session(event.conversation_id, event.contact_id, event.bot_id, event.bot_name, event.flow, event.step)
        case StepReached():
            return replace(state, step=event.step, answers=event.answers, tries=event.tries)
        case SessionHandedOver() | SessionEnded():
            return replace(state, over=True)
        case _:
            return state


DECIDER = Decider(
    commands=(StartSession, AnswerSession, StopSession, TimeOutSession),
    stream_of=lambda command: f"session-{command.conversation_id}",
    initial=Session(),
    decide=decide,
    evolve=evolve,
)
