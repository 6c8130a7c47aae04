"""Where live sockets come in: straight to whoever serves them, past everything HTTP needs. There are thousands of them."""

from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from services.gateway.gateway import Gateway
from services.gateway.live.agent_socket import serve_agent
from services.gateway.live.visitor_socket import serve_visitor

Serve = Callable[[WebSocket, Gateway], Awaitable[None]]
SERVED: dict[str, Serve] = {"/api/live": serve_agent, "/api/widget/live": serve_visitor}


class Sockets:
    """The application for WebSockets."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a socket until it goes; there are none at other addresses (403)."""
        websocket = WebSocket(scope, receive, send)
        if serve := SERVED.get(scope["path"]):
            await serve(websocket, self._gateway)
        else:
            await websocket.close()
