"""Routing: who is there, how much they carry, and who takes the next conversation. One stream, the desk, decides it all."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.errors import NotFound
from shared.messages import Command, Event, Id, Name, Why

Strategy = Literal["round_robin", "least_busy", "by_hand"]

# Refusals


class AgentNotFound(NotFound):
    """There is no such agent."""


# Commands


class JoinDesk(Command):
    """A new agent may be given conversations, at most `capacity` at a time."""

    type: Literal["join_desk"] = "join_desk"
    agent_id: Id
    name: Name
    capacity: Annotated[int, Field(ge=0, le=100)] = 6


class LeaveDesk(Command):
    """An agent's account is closed; nothing is routed to them any more."""

    type: Literal["leave_desk"] = "leave_desk"
    agent_id: Id


class SetAvailability(Command):
    """By hand: takes new conversations, or does not."""

    type: Literal["set_availability"] = "set_availability"
    agent_id: Id
    available: bool


class SetCapacity(Command):
    """How many open conversations routing may give this agent."""

    type: Literal["set_capacity"] = "set_capacity"
    agent_id: Id
    capacity: Annotated[int, Field(ge=0, le=100)]


class NoteConnection(Command):
    """The agent's console is connected, or has gone. A separate fact from being available."""

    type: Literal["note_connection"] = "note_connection"
    agent_id: Id
    connected: bool


class SetStrategy(Command):
    """How an inbox chooses among those who are eligible."""

    type: Literal["set_strategy"] = "set_strategy"
    inbox_id: Id
    strategy: Strategy


class RouteConversation(Command):
    """A conversation wants a person."""

    type: Literal["route_conversation"] = "route_conversation"
    conversation_id: Id
    inbox_id: Id


class NoteOwner(Command):
    """Conversations says who owns it now (nobody: None); the desk keeps its loads right by that."""

    type: Literal["note_owner"] = "note_owner"
    conversation_id: Id
    agent_id: Id | None


class ReleaseConversation(Command):
    """The conversation ended: it burdens nobody and waits for nobody."""

    type: Literal["release_conversation"] = "release_conversation"
    conversation_id: Id


# Events


class AgentJoinedDesk(Event):
    """An agent may be given conversations."""

    type: Literal["agent_joined_desk"] = "agent_joined_desk"
    agent_id: Id
    name: str
    capacity: int


class AgentLeftDesk(Event):
    """An agent is routed nothing any more."""

    type: Literal["agent_left_desk"] = "agent_left_desk"
    agent_id: Id


class AvailabilityChanged(Event):
    """By hand: available or away."""

    type: Literal["availability_changed"] = "availability_changed"
    agent_id: Id
    available: bool


class CapacityChanged(Event):
    """An agent may carry more, or less."""

    type: Literal["capacity_changed"] = "capacity_changed"
    agent_id: Id
    capacity: int


class ConnectionChanged(Event):
    """An agent's console is connected, or has gone."""

    type: Literal["connection_changed"] = "connection_changed"
    agent_id: Id
    connected: bool


class StrategySet(Event):
    """An inbox chooses in another way."""

    type: Literal["strategy_set"] = "strategy_set"
    inbox_id: Id
    strategy: Strategy


class ConversationRouted(Event):
    """The desk chose an agent; conversations makes it so, unless a person was faster."""

    type: Literal["conversation_routed"] = "conversation_routed"
    conversation_id: Id
    agent_id: Id
    agent_name: str
    strategy: Strategy
    why: Why = ()


class ConversationQueued(Event):
    """Nobody was eligible: it waits, and is looked at again whenever that may have changed."""

    type: Literal["conversation_queued"] = "conversation_queued"
    conversation_id: Id
    inbox_id: Id
    reason: Annotated[str, StringConstraints(max_length=300)]
    why: Why = ()


class OwnerNoted(Event):
    """The desk took note of who owns a conversation."""

    type: Literal["owner_noted"] = "owner_noted"
    conversation_id: Id
    agent_id: Id | None


class ConversationReleased(Event):
    """The conversation left the desk."""

    type: Literal["conversation_released"] = "conversation_released"
    conversation_id: Id


RoutingCommand = Annotated[
    JoinDesk | LeaveDesk | SetAvailability | SetCapacity | NoteConnection | SetStrategy | RouteConversation | NoteOwner
    | ReleaseConversation,
    Field(discriminator="type"),
]  # fmt: skip
RoutingEvent = Annotated[
    AgentJoinedDesk | AgentLeftDesk | AvailabilityChanged | CapacityChanged | ConnectionChanged | StrategySet
    | ConversationRouted | ConversationQueued | OwnerNoted | ConversationReleased,
    Field(discriminator="type"),
]  # fmt: skip
