"""The live protocol, for agents and visitors alike: a snapshot with its position, then every later event, in order.

`event` frames carry positions of the conversations log and are never dropped, doubled or reordered; a client that was away says
its last position in `hello`. `counters`, `people`, `notices` and `viewers` frames are whole states: the newest replaces the one
before. `typing` is a signal that fades by itself after six seconds. Where sockets do not get through, the same frames come as
answers to calls over HTTP.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.asks import AgentAsk, VisitorAsk
from shared.contracts.views import ClientEvent, Notice, Person, View
from shared.errors import Problem
from shared.messages import Id


class ClientFrame(BaseModel):
    """From a browser."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hello(ClientFrame):
    """The first frame, within five seconds. Visitors bring their token; who was here before brings epoch and position."""

    type: Literal["hello"] = "hello"
    token: Annotated[str, StringConstraints(max_length=2000)] | None = None
    epoch: str | None = None
    position: int | None = None


class AgentAskFrame(ClientFrame):
    """An agent asks for something; answered by `accepted` or `refused` with the same command id."""

    type: Literal["ask"] = "ask"
    ask: AgentAsk


class VisitorAskFrame(ClientFrame):
    """A visitor asks for something; answered likewise."""

    type: Literal["ask"] = "ask"
    ask: VisitorAsk


class Typing(ClientFrame):
    """I am writing in this conversation (send at most every three seconds). Comments are only shown to colleagues."""

    type: Literal["typing"] = "typing"
    conversation_id: Id
    comment: bool = False


class Viewing(ClientFrame):
    """I am looking at this conversation, or at none. Repeat every ten seconds while it lasts."""

    type: Literal["viewing"] = "viewing"
    conversation_id: Id | None = None


class Pong(ClientFrame):
    """Still here: the answer to a heartbeat."""

    type: Literal["pong"] = "pong"


class Poll(ClientFrame):
    """Over HTTP, after `welcome`: what has happened since? `viewing` is what I look at, `seen` what the last answer said."""

    type: Literal["poll"] = "poll"
    epoch: str
    position: int
    viewing: Id | None = None
    seen: Annotated[str, StringConstraints(max_length=200)] | None = None


AgentFrame = Annotated[Hello | AgentAskFrame | Typing | Viewing | Pong, Field(discriminator="type")]
VisitorFrame = Annotated[Hello | VisitorAskFrame | Typing | Pong, Field(discriminator="type")]
LiveCall = Annotated[Hello | Poll | Typing, Field(discriminator="type")]
"""What is sent over HTTP where sockets do not get through."""


class Welcome(BaseModel):
    """You are connected. Events after your position follow; `resumed` false means: take a new snapshot first."""

    type: Literal["welcome"] = "welcome"
    epoch: str
    position: int
    resumed: bool


class EventFrame(BaseModel):
    """Something happened."""

    type: Literal["event"] = "event"
    position: int
    event: ClientEvent


class Counters(BaseModel):
    """How many conversations each view holds, as of `position`."""

    type: Literal["counters"] = "counters"
    position: int
    counts: dict[View, int]


class People(BaseModel):
    """All colleagues, with availability and connection."""

    type: Literal["people"] = "people"
    people: list[Person]


class Notices(BaseModel):
    """All notices this agent has not read, newest first (50 at most)."""

    type: Literal["notices"] = "notices"
    notices: list[Notice]


class Viewer(BaseModel):
    """A colleague in a conversation."""

    id: Id
    name: str


class Viewers(BaseModel):
    """Which colleagues (without you) look at a conversation right now."""

    type: Literal["viewers"] = "viewers"
    conversation_id: Id
    viewers: list[Viewer]


class SomebodyTyping(BaseModel):
    """Somebody writes; shown for six seconds or until their message arrives."""

    type: Literal["typing"] = "typing"
    conversation_id: Id
    kind: Literal["visitor", "agent"]
    id: Id
    name: str
    comment: bool = False


class Accepted(BaseModel):
    """Committed to the log. `position` is the last event's place, None when there was nothing left to do."""

    type: Literal["accepted"] = "accepted"
    command_id: Id
    position: int | None


class RefusedFrame(BaseModel):
    """Not done, and why. `command_id` is None when the frame itself could not be read."""

    type: Literal["refused"] = "refused"
    command_id: Id | None
    problem: Problem


class Heartbeat(BaseModel):
    """Every 20 s; `position` is the head, and everything up to it has been sent."""

    type: Literal["heartbeat"] = "heartbeat"
    position: int


class Goodbye(BaseModel):
    """The server closes this socket. Come back after `after_ms`; `snapshot` says your position is of no use any more."""

    type: Literal["goodbye"] = "goodbye"
    reason: Literal["draining", "too_slow", "signed_out", "stale", "too_many"]
    after_ms: int = 0
    snapshot: bool = False


ServerFrame = Annotated[
    Welcome | EventFrame | Counters | People | Notices | Viewers | SomebodyTyping | Accepted | RefusedFrame | Heartbeat
    | Goodbye,
    Field(discriminator="type"),
]  # fmt: skip


class Polled(BaseModel):
    """The answer over HTTP: frames as a socket brings them, in order. `seen` goes into the next `poll` as it is."""

    frames: list[ServerFrame]
    seen: str
