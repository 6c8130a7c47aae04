"""Where live sockets come in: straight to whoever serves them, past everything HTTP needs. There are thousands of them."""

from collections import Counter
from collections.abc import Awaitable, Callable

import structlog
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from services.gateway.gateway import Gateway
from services.gateway.http.addresses import THIS_MACHINE, ip_of
from services.gateway.live.agent_socket import serve_agent
from services.gateway.live.conversing import CROWDED_MS, NOT_OURS
from services.gateway.live.seats import Seat
from services.gateway.live.visitor_socket import serve_visitor
from shared.contracts.live import Goodbye

log = structlog.get_logger()

Serve = Callable[[WebSocket, Gateway], Awaitable[None]]
SERVED: dict[str, Serve] = {"/api/live": serve_agent, "/api/widget/live": serve_visitor}


class Sockets:
    """The application for WebSockets."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._most = gateway.parts.settings.address_sockets
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a socket until it goes; there are none at other paths (403), nor more than one address may have."""
        websocket = WebSocket(scope, receive, send)
        serve, ip = SERVED.get(scope["path"]), ip_of(websocket)
        if serve is None:
            await websocket.close()
        elif self._open[ip] >= self._most and ip not in THIS_MACHINE:
            await _turn_away(websocket, ip)
        else:
            await self._counted(ip, serve(websocket, self._gateway))

    async def _counted(self, ip: str, serving: Awaitable[None]) -> None:
        self._open[ip] += 1
        try:
            await serving
        finally:
            self._open[ip] -= 1
            if not self._open[ip]:
                del self._open[ip]


async def _turn_away(websocket: WebSocket, ip: str) -> None:
    log.warning("address_has_too_many_sockets", ip=ip, hint="If this is a proxy of yours, name it in PARLEY_TRUSTED_PROXIES.")
    await websocket.accept()
    seat = Seat(websocket)
    seat.leave(Goodbye(reason="too_many", after_ms=CROWDED_MS), code=NOT_OURS)
    await seat.left()
