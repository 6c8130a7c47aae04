"""`WS /api/widget/live`: a visitor's widget. Its token comes in `hello`; without a good one nothing is told."""

from starlette.websockets import WebSocket

from services.gateway.gateway import Gateway
from services.gateway.http.origins import is_own
from services.gateway.live.allowance import Allowance
from services.gateway.live.conversing import Conversing, first_frame, until_gone
from services.gateway.live.incoming import VISITOR_FRAMES
from services.gateway.live.seats import VisitorSeat
from services.gateway.live.socket_line import SocketLine
from shared.contracts.live import Goodbye

FRAMES_A_SECOND, FRAMES_AT_ONCE = 60, 120


async def serve_visitor(websocket: WebSocket, gateway: Gateway) -> None:
    """Serves one widget until it goes. A foreign page is refused (403); no cookie is ever looked at."""
    origin = websocket.headers.get("origin")
    if origin is not None and not is_own(origin, websocket.headers.get("host"), gateway.parts.settings.public_url):
        await websocket.close()
        return
    await websocket.accept()
    seat = VisitorSeat(SocketLine(websocket))
    conversing = Conversing(gateway, websocket, seat, VISITOR_FRAMES, Allowance(FRAMES_A_SECOND, FRAMES_AT_ONCE))
    if gateway.leaving.is_set():
        seat.leave(Goodbye(reason="draining", after_ms=1000))
    async with until_gone(websocket, seat):
        try:
            await _converse(websocket, gateway, seat, conversing)
        finally:
            gateway.hub.remove(seat)
            await conversing.finish()


async def _converse(websocket: WebSocket, gateway: Gateway, seat: VisitorSeat, conversing: Conversing) -> None:
    hello = await first_frame(websocket, VISITOR_FRAMES)
    visitor = gateway.tokens.read(hello.token)
    if visitor is None:
        seat.leave(Goodbye(reason="signed_out", snapshot=True), code=1008)
        return
    seat.visitor = visitor
    await conversing.welcome(hello)
    await conversing.listen()
