"""The live sockets: hello, welcome, then frames both ways until one side goes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any

import structlog
from pydantic import TypeAdapter
from starlette.websockets import WebSocket, WebSocketDisconnect

from services.gateway.asking.in_order import InOrder
from services.gateway.gateway import Gateway
from services.gateway.http.addresses import ip_of
from services.gateway.live.allowance import Allowance
from services.gateway.live.frames import accepted_frame, refused_frame
from services.gateway.live.incoming import NotJson, Unreadable, read
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat
from shared.contracts.live import Goodbye, Hello
from shared.errors import NotAllowed, Refused, Unavailable

log = structlog.get_logger()

HELLO_SECONDS = 5.0
AWAY_MS = 1000
CROWDED_MS = 30_000
Take = Callable[[Any], Awaitable[None]]


UNREADABLE, NOT_OURS, BROKEN = 1007, 1008, 1011
"""Why a socket is closed (RFC 6455): what came is no JSON, no client of ours does that, our own fault."""


class Gone(Exception):
    """The client went away, or did what no client of ours does (then with the code to close with)."""

    def __init__(self, why: str, code: int | None = None) -> None:
        super().__init__(why)
        self.code = code


async def first_frame(websocket: WebSocket, contract: TypeAdapter[Any]) -> Hello:
    """The `hello`. Raises Gone when it is none, or does not come in time."""
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            hello = read(contract, await _text(websocket))
    except (TimeoutError, Unreadable) as wrong:
        raise Gone("no hello", NOT_OURS) from wrong
    if not isinstance(hello, Hello):
        raise Gone("no hello", NOT_OURS)
    return hello


async def _text(websocket: WebSocket) -> str:
    message = await websocket.receive()
    if message["type"] != "websocket.receive":
        raise Gone("went away")
    if (text := message.get("text")) is None:
        raise Gone("no text", UNREADABLE)
    return str(text)


@asynccontextmanager
async def until_gone(websocket: WebSocket, seat: Seat) -> AsyncIterator[None]:
    """Whatever ends a conversation ends only this one, and the client is told how."""
    try:
        yield
    except Gone as gone:
        code = gone.code
    except NotJson:
        code = UNREADABLE
    except Exception:
        log.exception("socket_failed")
        code = BROKEN
    else:
        code = None
    await seat.wire.left()
    if code is not None:
        with suppress(RuntimeError, WebSocketDisconnect):
            await websocket.close(code)


class Conversing:
    """One socket at work."""

    def __init__(
        self, gateway: Gateway, websocket: WebSocket, seat: Seat, contract: TypeAdapter[Any], allowance: Allowance
    ) -> None:
        self._gateway, self._websocket, self._seat = gateway, websocket, seat
        self._contract, self._allowance = contract, allowance
        self._asks = InOrder()

    async def welcome(self, hello: Hello) -> None:
        """Joins, and catches up. Raises Gone."""
        await self._gateway.replay.reach(hello)
        if self._gateway.hub.crowded(self._seat):
            self._seat.leave(Goodbye(reason="too_many", after_ms=CROWDED_MS), code=NOT_OURS)
            raise Gone("too many of one person")
        self._seat.wire.hold()
        self._gateway.hub.add(self._seat)
        try:
            await self._gateway.replay.welcome(self._seat, hello)
        except Unavailable as away:
            self._seat.leave(Goodbye(reason="stale", after_ms=AWAY_MS))
            raise Gone("not ready") from away
        except ConnectionError as gone:
            raise Gone("cut while catching up") from gone
        self._seat.wire.release()

    async def listen(self) -> None:
        """Takes frames until the client goes."""
        while True:
            text = await _text(self._websocket)
            self._seat.heard_at = monotonic()
            if not self._allowance.take():
                self._seat.leave(Goodbye(reason="too_many", after_ms=5 * AWAY_MS), code=1008)
                return
            try:
                await self._take(read(self._contract, text))
            except Unreadable as wrong:
                self._seat.wire.push(refused_frame(wrong.command_id, wrong.problem()))

    async def _take(self, frame: Any) -> None:
        match frame.type:
            case "ask":
                ask = frame.ask
                key = getattr(ask, "conversation_id", None) or ask.type
                await self._asks.begin(key, lambda: self._answer(ask))
            case "typing":
                await self._signal(self._gateway.company.type(self._seat, frame))
            case "viewing" if isinstance(self._seat, AgentSeat):
                await self._signal(self._gateway.company.view(self._seat, frame.conversation_id))
            case _:
                pass  # a pong, or hello again: that it was heard is all there is to it

    async def _signal(self, sending: Awaitable[None]) -> None:
        try:
            await sending
        except Unavailable:
            log.debug("signal_lost")

    async def _answer(self, ask: Any) -> None:
        try:
            position = await self._do(ask)
        except Refused as no:
            self._seat.wire.push(refused_frame(ask.command_id, no.problem()))
        except Exception:
            log.exception("ask_failed", ask=ask.type)
            self._seat.wire.push(refused_frame(ask.command_id, Unavailable().problem()))
        else:
            self._seat.wire.push(accepted_frame(ask.command_id, position))

    async def _do(self, ask: Any) -> int | None:
        match self._seat:
            case AgentSeat(account_id=account_id):
                if (person := self._gateway.directory.active(account_id)) is None:
                    raise NotAllowed
                return await self._gateway.asks.by_agent(person, ask)
            case VisitorSeat(visitor=visitor):
                self._gateway.limits.check_ask(ip_of(self._websocket), visitor, ask)
                return await self._gateway.asks.by_visitor(visitor, ask)
            case _:
                raise NotAllowed

    async def finish(self) -> None:
        """Answers what was asked before the end."""
        await self._asks.finish()
