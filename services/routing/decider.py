"""The desk: one stream that knows everybody's load and the queue, and so can give each conversation to one person only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never, get_args

from services.routing.strategies import Agent, choose, reason_for_nobody
from shared.contracts.routing import (
    AgentJoinedDesk,
    AgentLeftDesk,
    AgentNotFound,
    AvailabilityChanged,
    CapacityChanged,
    ConnectionChanged,
    ConversationQueued,
    ConversationReleased,
    ConversationRouted,
    JoinDesk,
    LeaveDesk,
    NoteConnection,
    NoteOwner,
    OwnerNoted,
    ReleaseConversation,
    RouteConversation,
    RoutingCommand,
    RoutingEvent,
    SetAvailability,
    SetCapacity,
    SetStrategy,
    Strategy,
    StrategySet,
)  # fmt: skip
from shared.decider import Decider
from shared.messages import Command, why

STRATEGY: Strategy = "round_robin"
WORDS = {"round_robin": "round robin", "least_busy": "least busy", "by_hand": "by hand"}


@dataclass(frozen=True)
class Waiting:
    """A conversation nobody could be found for."""

    inbox_id: str
    reason: str


@dataclass(frozen=True)
class Desk:
    """Everybody, what they carry, and the queue in order. `turns` counts routed conversations."""

    agents: dict[str, Agent] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    queue: dict[str, Waiting] = field(default_factory=dict)
    strategies: dict[str, Strategy] = field(default_factory=dict)
    turns: int = 0

    def agent(self, agent_id: str) -> Agent:
        """The agent. Raises AgentNotFound."""
        try:
            return self.agents[agent_id]
        except KeyError:
            raise AgentNotFound from None


def decide(command: RoutingCommand, state: Desk) -> Sequence[RoutingEvent]:
    """The change itself, then whatever it lets the queue do."""
    changes = list(_change(command, state))
    for event in changes:
        state = evolve(state, event)
    return changes + (list(_look_again(command, state)) if changes else [])


def _change(command: RoutingCommand, state: Desk) -> Iterator[RoutingEvent]:
    at = command.at
    match command:
        case JoinDesk(agent_id=agent_id):
            if agent_id not in state.agents:
                yield AgentJoinedDesk(at=at, agent_id=agent_id, name=command.name, capacity=command.capacity)
        case LeaveDesk(agent_id=agent_id):
            if agent_id in state.agents:
                yield AgentLeftDesk(at=at, agent_id=agent_id)
        case SetAvailability(agent_id=agent_id, available=available):
            if state.agent(agent_id).available != available:
                yield AvailabilityChanged(at=at, agent_id=agent_id, available=available)
        case SetCapacity(agent_id=agent_id, capacity=capacity):
            if state.agent(agent_id).capacity != capacity:
                yield CapacityChanged(at=at, agent_id=agent_id, capacity=capacity)
        case NoteConnection(agent_id=agent_id, connected=connected):
            if state.agent(agent_id).connected != connected:
                yield ConnectionChanged(at=at, agent_id=agent_id, connected=connected)
        case SetStrategy(inbox_id=inbox_id, strategy=strategy):
            if state.strategies.get(inbox_id, STRATEGY) != strategy:
                yield StrategySet(at=at, inbox_id=inbox_id, strategy=strategy)
        case RouteConversation():
            if command.conversation_id not in state.owners and command.conversation_id not in state.queue:
                yield _route(command, state, command.conversation_id, command.inbox_id)
        case NoteOwner(conversation_id=conversation_id, agent_id=owner):
            if state.owners.get(conversation_id) != owner or conversation_id in state.queue:
                yield OwnerNoted(at=at, conversation_id=conversation_id, agent_id=owner)
        case ReleaseConversation(conversation_id=conversation_id):
            if conversation_id in state.owners or conversation_id in state.queue:
                yield ConversationReleased(at=at, conversation_id=conversation_id)
        case _:
            assert_never(command)


def _route(command: Command, state: Desk, conversation_id: str, inbox_id: str) -> ConversationRouted | ConversationQueued:
    strategy = state.strategies.get(inbox_id, STRATEGY)
    chosen = choose(strategy, state.agents.values())
    others = [agent.why_not() for agent in state.agents.values() if not agent.eligible]
    if chosen is None:
        reason = reason_for_nobody(strategy, state.agents.values())
        return ConversationQueued(
            at=command.at, conversation_id=conversation_id, inbox_id=inbox_id, reason=reason,
            why=why(*([", ".join(others)[:200]] if others else []), reason),
        )  # fmt: skip
    eligible = sum(agent.eligible for agent in state.agents.values())
    turn = f"{chosen.name}’s turn, {chosen.load} of {chosen.capacity} conversations"
    return ConversationRouted(
        at=command.at, conversation_id=conversation_id, agent_id=chosen.id, agent_name=chosen.name, strategy=strategy,
        why=why(f"{WORDS[strategy].capitalize()} among {eligible}", *([", ".join(others)[:200]] if others else []), turn),
    )  # fmt: skip


def _look_again(command: Command, state: Desk) -> Iterator[RoutingEvent]:
    """Whoever waits is looked at once more, in order; a new reason is said, an old one is not repeated."""
    for conversation_id, waiting in list(state.queue.items()):
        event = _route(command, state, conversation_id, waiting.inbox_id)
        if isinstance(event, ConversationRouted) or event.reason != waiting.reason:
            yield event
            state = evolve(state, event)


def evolve(state: Desk, event: RoutingEvent) -> Desk:
    """The desk after `event`."""
    match event:
        case AgentJoinedDesk():
            load = sum(owner == event.agent_id for owner in state.owners.values())
            return _with(state, Agent(event.agent_id, event.name, event.capacity, load=load))
        case AgentLeftDesk():
            return replace(state, agents={k: a for k, a in state.agents.items() if k != event.agent_id})
        case AvailabilityChanged():
            return _with(state, replace(state.agents[event.agent_id], available=event.available))
        case CapacityChanged():
            return _with(state, replace(state.agents[event.agent_id], capacity=event.capacity))
        case ConnectionChanged():
            return _with(state, replace(state.agents[event.agent_id], connected=event.connected))
        case StrategySet():
            return replace(state, strategies={**state.strategies, event.inbox_id: event.strategy})
        case ConversationRouted():
            turns = state.turns + 1
            state = _owned(state, event.conversation_id, event.agent_id)
            return replace(_with(state, replace(state.agents[event.agent_id], turn=turns)), turns=turns)
        case ConversationQueued():
            waiting = Waiting(event.inbox_id, event.reason)
            return replace(state, queue={**state.queue, event.conversation_id: waiting})
        case OwnerNoted():
            return _owned(state, event.conversation_id, event.agent_id)
        case ConversationReleased():
            return _owned(state, event.conversation_id, None)
        case _:
            assert_never(event)


def _with(state: Desk, agent: Agent) -> Desk:
    return replace(state, agents={**state.agents, agent.id: agent})


def _owned(state: Desk, conversation_id: str, agent_id: str | None) -> Desk:
    """The conversation burdens its new owner and nobody else, and waits no more."""
    owners, queue = dict(state.owners), dict(state.queue)
    before = owners.pop(conversation_id, None)
    queue.pop(conversation_id, None)
    agents = dict(state.agents)
    if before in agents:
        agents[before] = replace(agents[before], load=agents[before].load - 1)
    if agent_id is not None:
        owners[conversation_id] = agent_id
        if agent_id in agents:
            agents[agent_id] = replace(agents[agent_id], load=agents[agent_id].load + 1)
    return replace(state, agents=agents, owners=owners, queue=queue)


DECIDER = Decider(
    commands=get_args(get_args(RoutingCommand)[0]),
    stream_of=lambda _: "desk",
    initial=Desk(),
    decide=decide,
    evolve=evolve,
    state=Desk,
)
