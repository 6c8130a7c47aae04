"""Who is connected to this gateway, and what reaches whom: colleagues get every conversation, visitors their own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from services.gateway.live.happened import Happened
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat
from shared.contracts.live import Goodbye
from shared.metrics import LIVE_SOCKETS

S = TypeVar("S", bound=Seat)
MOST_OF_ONE = 300  # windows and devices of one person; some show many walls of them


class Hub:
    """All open sockets of this gateway."""

    def __init__(self) -> None:
        self.agents: set[AgentSeat] = set()
        self.visitors: defaultdict[str, set[VisitorSeat]] = defaultdict(set)
        self.viewing: defaultdict[str, set[AgentSeat]] = defaultdict(set)
        LIVE_SOCKETS.labels("agent").set_function(lambda: len(self.agents))
        LIVE_SOCKETS.labels("visitor").set_function(lambda: sum(map(len, self.visitors.values())))

    def add(self, seat: Seat) -> None:
        """From now on this socket gets what it may see."""
        match seat:
            case AgentSeat():
                self.agents.add(seat)
            case VisitorSeat():
                self.visitors[seat.visitor.contact_id].add(seat)
            case _:
                raise TypeError(seat)

    def crowded(self, seat: Seat) -> bool:
        """Whether the same person has as many sockets here as anybody may have."""
        match seat:
            case AgentSeat():
                return len(self.of_account(seat.account_id)) >= MOST_OF_ONE
            case VisitorSeat():
                return len(self.visitors.get(seat.visitor.contact_id, ())) >= MOST_OF_ONE
            case _:
                raise TypeError(seat)

    def remove(self, seat: Seat) -> None:
        """The socket is gone."""
        match seat:
            case AgentSeat():
                self.agents.discard(seat)
                self.look_at(seat, None)
            case VisitorSeat():
                _discard(self.visitors, seat.visitor.contact_id, seat)
            case _:
                raise TypeError(seat)

    def look_at(self, seat: AgentSeat, conversation_id: str | None) -> None:
        """The colleague opened another conversation, or none."""
        if seat.viewing is not None:
            _discard(self.viewing, seat.viewing, seat)
        seat.viewing = conversation_id
        if conversation_id is not None:
            self.viewing[conversation_id].add(seat)

    def deliver(self, happened: Happened) -> None:
        """Sends an event to everybody who may see it."""
        if self.agents and (frame := happened.agent_frame):
            for agent in self.agents:
                agent.wire.push(frame)
        seats = self.visitors.get(happened.contact_id or "")
        if seats and (frame := happened.visitor_frame):
            for visitor in seats:
                visitor.wire.push(frame)

    def seats(self) -> Iterator[Seat]:
        """Everybody."""
        yield from list(self.agents)
        for seats in list(self.visitors.values()):
            yield from list(seats)

    def accounts(self) -> set[str]:
        """The colleagues connected here."""
        return {seat.account_id for seat in self.agents}

    def of_account(self, account_id: str) -> list[AgentSeat]:
        """A colleague's consoles."""
        return [seat for seat in self.agents if seat.account_id == account_id]

    def start_over(self) -> None:
        """Positions mean nothing any more: everybody takes a new snapshot."""
        for seat in self.seats():
            seat.leave(Goodbye(reason="stale", snapshot=True))


def push_all(seats: Iterable[Seat], frame: bytes) -> None:
    """The same frame to several sockets."""
    for seat in seats:
        seat.wire.push(frame)


def _discard(groups: defaultdict[str, set[S]], key: str, seat: S) -> None:
    groups[key].discard(seat)
    if not groups[key]:
        del groups[key]
