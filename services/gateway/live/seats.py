"""Who is connected: a colleague or a visitor, what they were last sent, and when they were last heard."""

from dataclasses import dataclass, field
from time import monotonic

from services.gateway.accounts.signing import Visitor
from services.gateway.live.line import Line
from services.gateway.live.states import Marks, State
from shared.contracts.live import Goodbye
from shared.messages import new_id


@dataclass(eq=False)
class Seat:
    """An open socket, or a poll that waits for its answer."""

    wire: Line
    seat_id: str = field(default_factory=new_id)
    heard_at: float = field(default_factory=monotonic)
    beat_at: float = field(default_factory=monotonic)

    def leave(self, goodbye: Goodbye, code: int = 1001) -> None:
        """Says goodbye and ends."""
        self.wire.leave(goodbye, code)


@dataclass(eq=False)
class AgentSeat(Seat):
    """A colleague's console."""

    account_id: str = ""
    session: bytes = b""
    viewing: str | None = None
    told: Marks = field(default_factory=dict)

    def tell(self, state: State) -> None:
        """Sends a whole state, unless the console has it."""
        if self.told.get(state.kind) != state.mark and self.wire.push(state.frame):
            self.told[state.kind] = state.mark


@dataclass(eq=False)
class VisitorSeat(Seat):
    """A visitor's widget."""

    visitor: Visitor = field(default_factory=lambda: Visitor("", ""))
