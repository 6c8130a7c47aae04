"""`WS /api/live`: a colleague's console."""

import structlog
from starlette.websockets import WebSocket

from services.gateway.accounts.sessions import token_hash
from services.gateway.gateway import Gateway
from services.gateway.http.origins import is_own
from services.gateway.live.allowance import Allowance
from services.gateway.live.conversing import Conversing, first_frame, until_gone
from services.gateway.live.incoming import AGENT_FRAMES
from services.gateway.live.seats import AgentSeat
from services.gateway.live.socket_line import SocketLine
from shared.contracts.live import Goodbye
from shared.errors import Refused, Unavailable
from shared.postgres import LOST

log = structlog.get_logger()

COOKIE = "parley_session"
COME_BACK_MS = 1000
FRAMES_A_SECOND, FRAMES_AT_ONCE = 200, 400


async def serve_agent(websocket: WebSocket, gateway: Gateway) -> None:
    """Serves one console until it goes. A foreign page is refused (403) before anything else."""
    headers = websocket.headers
    if not is_own(headers.get("origin", ""), headers.get("host"), gateway.parts.settings.public_url):
        await websocket.close()
        return
    token = websocket.cookies.get(COOKIE, "")
    account_id, goodbye = await _admit(gateway, token)
    await websocket.accept()
    seat = AgentSeat(SocketLine(websocket), account_id=account_id, session=token_hash(token))
    if goodbye is not None:
        seat.leave(goodbye, code=1008 if goodbye.reason == "signed_out" else 1001)
    await _converse(websocket, gateway, seat)


async def _admit(gateway: Gateway, token: str) -> tuple[str, Goodbye | None]:
    """The account behind a session, or why there is no talking now."""
    if gateway.leaving.is_set():
        return "", Goodbye(reason="draining", after_ms=COME_BACK_MS)
    try:
        account_id = await gateway.sessions.account_of(token)
    except (Refused, *LOST):
        return "", Goodbye(reason="stale", after_ms=COME_BACK_MS)
    if account_id is None or gateway.directory.active(account_id) is None:
        return "", Goodbye(reason="signed_out")
    return account_id, None


async def _converse(websocket: WebSocket, gateway: Gateway, seat: AgentSeat) -> None:
    conversing = Conversing(gateway, websocket, seat, AGENT_FRAMES, Allowance(FRAMES_A_SECOND, FRAMES_AT_ONCE))
    async with until_gone(websocket, seat):
        try:
            hello = await first_frame(websocket, AGENT_FRAMES)
            if not seat.account_id:
                return
            await conversing.welcome(hello)
            await _arrive(gateway, seat)
            await conversing.listen()
        finally:
            await _go(gateway, seat)
            await conversing.finish()


async def _arrive(gateway: Gateway, seat: AgentSeat) -> None:
    """Tells colleagues, and the console what it missed besides events."""
    try:
        await gateway.news.greet(seat)
        await gateway.presence.arrived(seat.account_id)
    except (Refused, *LOST) as away:
        log.info("arrival_waits", error=repr(away))


async def _go(gateway: Gateway, seat: AgentSeat) -> None:
    try:
        await gateway.company.view(seat, None)
    except Unavailable:
        log.debug("signal_lost")
    gateway.hub.remove(seat)
