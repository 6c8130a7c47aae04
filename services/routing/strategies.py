"""How an inbox chooses among those who are eligible. Pure, and the same choice for the same desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.contracts.routing import Strategy


@dataclass(frozen=True)
class Agent:
    """Somebody at the desk. `turn` is the number of their last routed conversation; `load` counts open ones they own."""

    id: str
    name: str
    capacity: int
    available: bool = True
    connected: bool = False
    load: int = 0
    turn: int = 0

    @property
    def eligible(self) -> bool:
        """May be given one more conversation right now."""
        return self.available and self.connected and self.load < self.capacity

    def why_not(self) -> str:
        """Why this agent is given none, in a few words."""
        if not self.available:
            return f"{self.name} is away"
        if not self.connected:
            return f"{self.name} is not connected"
        return f"{self.name} is full ({self.load} of {self.capacity})"


def choose(strategy: Strategy, agents: Iterable[Agent]) -> Agent | None:
    """The next one, or nobody. Ties go to whoever has waited longest for a turn."""
    eligible = [agent for agent in agents if agent.eligible]
    match strategy:
        case "by_hand":
            return None
        case "round_robin":
            return min(eligible, key=lambda agent: (agent.turn, agent.id), default=None)
        case "least_busy":
            return min(eligible, key=lambda agent: (agent.load, agent.turn, agent.id), default=None)


def reason_for_nobody(strategy: Strategy, agents: Iterable[Agent]) -> str:
    """Why the conversation stays in the unassigned queue, as people read it."""
    everybody = list(agents)
    if strategy == "by_hand":
        return "This inbox is assigned by hand"
    if not everybody:
        return "Nobody has joined this inbox yet"
    if not any(agent.available for agent in everybody):
        return "Everybody is away"
    if not any(agent.available and agent.connected for agent in everybody):
        return "Nobody who is available is connected"
    return "Everybody who is here has as many conversations as they can take"
