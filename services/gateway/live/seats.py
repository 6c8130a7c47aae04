"""Who sits at a socket: a colleague or a visitor, what they were last sent, and when they were last heard."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from services.gateway.accounts.signing import Visitor
from services.gateway.live.frames import goodbye_frame
from services.gateway.live.wire import Wire, wire_of
from shared.contracts.live import Goodbye
from shared.messages import new_id

log = structlog.get_logger()

CUT_SECONDS = 2.0


@dataclass(eq=False)
class Seat:
    """An open socket."""

    websocket: WebSocket
    seat_id: str = field(default_factory=new_id)
    heard_at: float = field(default_factory=monotonic)
    beat_at: float = field(default_factory=monotonic)
    wire: Wire = field(init=False)
    _leaving: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.wire = wire_of(self.websocket.scope, self._too_slow)

    def leave(self, goodbye: Goodbye, code: int = 1001) -> None:
        """Says goodbye and closes; a client that does not take it in time is cut off."""
        if self._leaving is None:
            self.wire.shut(goodbye_frame(goodbye))
            self._leaving = asyncio.create_task(self._close(code))

    async def left(self) -> None:
        """Waits until the goodbye is out, if there was one."""
        if self._leaving is not None:
            await self._leaving

    async def _close(self, code: int) -> None:
        asyncio.get_running_loop().call_later(CUT_SECONDS, self.wire.abort)
        with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
            async with asyncio.timeout(CUT_SECONDS):
                await self.websocket.close(code)

    def _too_slow(self) -> None:
        log.info("too_slow", seat=self.seat_id)
        self.leave(Goodbye(reason="too_slow"), code=1008)


@dataclass(eq=False)
class AgentSeat(Seat):
    """A colleague's console."""

    account_id: str = ""
    session: bytes = b""
    viewing: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(eq=False)
class VisitorSeat(Seat):
    """A visitor's widget."""

    visitor: Visitor = field(default_factory=lambda: Visitor("", ""))
