"""What every request passes: limits on its size, whose page it comes from, and the headers every answer carries."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway.http.lingering import lingering
from services.gateway.http.origins import is_own
from services.gateway.http.problems import TooLarge, refusal_response
from shared.errors import Invalid, NotAllowed, Refused

JSON_BYTES = 64 * 1024
UPLOAD_BYTES = 26 * 1024 * 1024
UPLOADS = ("/api/files", "/api/widget/files")
SAFE = {"GET", "HEAD", "OPTIONS"}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
API_ALWAYS = {"cache-control": "no-store", "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}


class ForeignPage(NotAllowed):
    """This request does not come from a page of ours."""


class Guard:
    """Stands before the application; sockets look after themselves."""

    def __init__(self, app: ASGIApp, sockets: ASGIApp, public_url: str) -> None:
        self._app, self._sockets, self._public_url = app, sockets, public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may pass."""
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
            return
        send = _with_headers(scope["path"], send)
        if scope["method"] not in SAFE:
            receive, send = lingering(receive, send)
        most = UPLOAD_BYTES if scope["path"] in UPLOADS else JSON_BYTES
        headers = Headers(scope=scope)
        try:
            if scope["method"] not in SAFE:
                self._check_page(scope["path"], headers)
            _check_size(headers.get("content-length", ""), most)
        except Refused as no:
            await refusal_response(no)(scope, receive, send)
        else:
            await self._app(scope, _limited(receive, most), send)

    def _check_page(self, path: str, headers: Headers) -> None:
        origin = headers.get("origin")
        if origin is not None and not is_own(origin, headers.get("host"), self._public_url):
            raise ForeignPage
        if not path.startswith("/api/widget/") and headers.get("x-parley") != "1":
            raise ForeignPage("The header X-Parley: 1 is missing.")


def _check_size(told: str, most: int) -> None:
    if told and not (told.isdecimal() and told.isascii()):
        raise Invalid("Content-Length is not a number.")
    if int(told or 0) > most:
        raise TooLarge(f"At most {most} bytes are taken here.")


def _limited(receive: Receive, most: int) -> Receive:
    taken = 0

    async def receive_some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(TooLarge.status, TooLarge.title())
        return message

    return receive_some


def _with_headers(path: str, send: Send) -> Send:
    always = ALWAYS | API_ALWAYS if path.startswith("/api/") else ALWAYS

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in always.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers
