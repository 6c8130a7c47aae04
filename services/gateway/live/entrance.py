"""Where live sockets come in: straight to whoever serves them, past everything HTTP needs. There are thousands of them."""

from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from services.gateway.gateway import Gateway
from services.gateway.http.addresses import ip_of
from services.gateway.live.agent_socket import serve_agent
from services.gateway.live.conversing import CROWDED_MS, NOT_OURS
from services.gateway.live.socket_line import SocketLine
from services.gateway.live.visitor_socket import serve_visitor
from shared.contracts.live import Goodbye

Serve = Callable[[WebSocket, Gateway], Awaitable[None]]
SERVED: dict[str, Serve] = {"/api/live": serve_agent, "/api/widget/live": serve_visitor}


class Sockets:
    """The application for WebSockets."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a socket until it goes; there are none at other paths (403), nor more than one address may have."""
        websocket = WebSocket(scope, receive, send)
        if (serve := SERVED.get(scope["path"])) is None:
            await websocket.close()
            return
        with self._gateway.places.one(ip_of(websocket)) as taken:
            await (serve(websocket, self._gateway) if taken else _turn_away(websocket))


async def _turn_away(websocket: WebSocket) -> None:
    await websocket.accept()
    line = SocketLine(websocket)
    line.leave(Goodbye(reason="too_many", after_ms=CROWDED_MS), code=NOT_OURS)
    await line.left()
