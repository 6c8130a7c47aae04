"""Bots: what a bot says (a flow, in published versions) and where each running session stands in it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.values import Content, QuickReply
from shared.errors import Invalid, Refused
from shared.messages import Command, Event, Id, Name, Value, Why

StepName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Bubble = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]

# Values: a flow is a named set of steps; each step says something and names what comes next


class Say(Value):
    """Says one or more bubbles, then goes on."""

    kind: Literal["say"] = "say"
    bubbles: Annotated[tuple[Bubble, ...], Field(min_length=1, max_length=5)]
    then: StepName


class Choice(Value):
    """One quick reply and the step it leads to."""

    reply: QuickReply
    then: StepName


class AskChoice(Value):
    """Asks with quick replies. An answer that is none of them goes to `otherwise`."""

    kind: Literal["ask_choice"] = "ask_choice"
    bubbles: Annotated[tuple[Bubble, ...], Field(min_length=1, max_length=5)]
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=12)]
    otherwise: StepName


class AskAddress(Value):
    """Asks for an e-mail address. A wrong one is asked again, at most `tries` times, then goes to `otherwise`."""

    kind: Literal["ask_address"] = "ask_address"
    bubbles: Annotated[tuple[Bubble, ...], Field(min_length=1, max_length=5)]
    again: Bubble
    tries: Annotated[int, Field(ge=1, le=5)] = 3
    then: StepName
    otherwise: StepName


class AskText(Value):
    """Asks for a free answer, then goes on."""

    kind: Literal["ask_text"] = "ask_text"
    bubbles: Annotated[tuple[Bubble, ...], Field(min_length=1, max_length=5)]
    then: StepName


class HandOff(Value):
    """Gives the conversation to people, after an optional last word."""

    kind: Literal["hand_off"] = "hand_off"
    bubbles: Annotated[tuple[Bubble, ...], Field(max_length=5)] = ()


class Finish(Value):
    """Ends the conversation, after an optional last word."""

    kind: Literal["finish"] = "finish"
    bubbles: Annotated[tuple[Bubble, ...], Field(max_length=5)] = ()


Step = Annotated[Say | AskChoice | AskAddress | AskText | HandOff | Finish, Field(discriminator="kind")]


class Flow(Value):
    """The whole of what a bot can say. `start` is shown as the greeting; `timeout_minutes` of silence end the session."""

    start: StepName
    steps: Annotated[dict[StepName, Step], Field(min_length=1, max_length=200)]
    timeout_minutes: Annotated[float, Field(gt=0, le=7 * 24 * 60)] = 20


# Refusals


class FlowIsBroken(Invalid):
    """This flow has a step that leads nowhere, or runs in a circle without ever asking."""


class SessionIsOver(Refused):
    """The bot is no longer part of this conversation."""


# Commands


class PublishBot(Command):
    """A new version of a bot; running sessions keep theirs."""

    type: Literal["publish_bot"] = "publish_bot"
    bot_id: Id
    name: Name
    title: Annotated[str, StringConstraints(max_length=120)] = ""
    flow: Flow


class StartSession(Command):
    """A conversation began with this bot; its greeting has been shown already."""

    type: Literal["start_session"] = "start_session"
    conversation_id: Id
    contact_id: Id
    bot_id: Id
    bot_name: Name
    version: int
    flow: Flow


class AnswerSession(Command):
    """The visitor said something to the bot. `message_id` is the message that says it."""

    type: Literal["answer_session"] = "answer_session"
    conversation_id: Id
    message_id: Id
    text: Annotated[str, StringConstraints(max_length=20_000)]


class StopSession(Command):
    """People took over, or the conversation ended: the bot falls silent at once."""

    type: Literal["stop_session"] = "stop_session"
    conversation_id: Id
    reason: Literal["taken_over", "closed"]


class TimeOutSession(Command):
    """The visitor has given `answers` answers and been silent since; a word said later makes this void."""

    type: Literal["time_out_session"] = "time_out_session"
    conversation_id: Id
    answers: int


# Events


class BotPublished(Event):
    """A bot speaks a new version of its flow."""

    type: Literal["bot_published"] = "bot_published"
    bot_id: Id
    name: str
    title: str = ""
    version: int
    flow: Flow


class SessionStarted(Event):
    """A bot leads a conversation; the flow it started with is its flow to the end."""

    type: Literal["session_started"] = "session_started"
    conversation_id: Id
    contact_id: Id
    bot_id: Id
    bot_name: str
    version: int
    flow: Flow
    step: str


class BotReplied(Event):
    """The bot says something; `step` is where it waits now. Conversations posts it."""

    type: Literal["bot_replied"] = "bot_replied"
    conversation_id: Id
    bot_id: Id
    bot_name: str
    message_id: Id
    content: Content


class StepReached(Event):
    """The session stands at a step and waits for the visitor until `timeout_minutes` have passed."""

    type: Literal["step_reached"] = "step_reached"
    conversation_id: Id
    step: str
    answers: int
    tries: int = 0
    timeout_minutes: float


class AddressCaptured(Event):
    """The visitor told the bot an address."""

    type: Literal["address_captured"] = "address_captured"
    conversation_id: Id
    contact_id: Id
    address: str


class SessionHandedOver(Event):
    """The bot is done; people go on."""

    type: Literal["session_handed_over"] = "session_handed_over"
    conversation_id: Id
    bot_name: str
    note: str = ""
    why: Why = ()


class SessionEnded(Event):
    """The session is over: the flow finished, the visitor fell silent, or people took over or closed."""

    type: Literal["session_ended"] = "session_ended"
    conversation_id: Id
    reason: Literal["finished", "timed_out", "taken_over", "closed"]
    why: Why = ()


BotsCommand = Annotated[PublishBot | StartSession | AnswerSession | StopSession | TimeOutSession, Field(discriminator="type")]
BotsEvent = Annotated[
    BotPublished | SessionStarted | BotReplied | StepReached | AddressCaptured | SessionHandedOver | SessionEnded,
    Field(discriminator="type"),
]
