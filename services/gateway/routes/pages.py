"""Console, widget, loader and the demonstration shop."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from services.gateway.demonstration import CHANNEL_ID, CHANNELS
from services.gateway.http.assets import built, send
from services.gateway.http.dependencies import TheGateway, id_in
from services.gateway.http.pages import FRESH, IMMUTABLE, console_page, missing, page, widget_page
from shared.contracts.inboxes import ChannelNotFound

router = APIRouter(include_in_schema=False)
LOADER = {
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}


def _sockets(request: Request) -> str:
    """This very host's sockets, which older browsers do not count as 'self'."""
    host = request.headers.get("host", "")
    clean = host if host.replace(".", "").replace("-", "").replace(":", "").replace("[", "").replace("]", "").isalnum() else ""
    return f"{'wss' if request.url.scheme == 'https' else 'ws'}://{clean}" if clean else ""


@router.get("/")
@router.get("/signin")
@router.get("/inbox")
@router.get("/inbox/{rest:path}")
async def console(request: Request) -> Response:
    """The console; its own code knows what each address shows."""
    return console_page(_sockets(request))


@router.get("/assets/{name:path}")
async def console_asset(name: str, request: Request) -> Response:
    """A part of the console; its name changes with its content."""
    return await _asset(request, "console/assets", name, IMMUTABLE)


@router.get("/widget/assets/{name:path}")
async def widget_asset(name: str, request: Request) -> Response:
    """A part of the chat's frame."""
    return await _asset(request, "widget/assets", name, IMMUTABLE)


@router.get("/demo/assets/{name:path}")
async def demo_asset(name: str, request: Request) -> Response:
    """A part of the shop's pages."""
    return await _asset(request, "demo/assets", name, IMMUTABLE)


@router.get("/widget.js")
async def loader(request: Request) -> Response:
    """The one line of script on a customer's site."""
    if (file := await built("widget", "widget.js")) is None:
        return missing()
    return send(request, file, LOADER)


@router.get("/widget/{channel_id}")
async def widget(channel_id: str, request: Request, gateway: TheGateway) -> Response:
    """The chat, in a frame."""
    channel = gateway.directory.channels.get(id_in(channel_id, ChannelNotFound))
    if channel is None:
        raise ChannelNotFound
    return widget_page(_sockets(request), channel.settings.allowed_origins)


@router.get("/demo")
@router.get("/demo/{name:path}")
async def demo(request: Request, name: str = "") -> Response:
    """The demonstration shop: pages hold the id of its channel, `?channel=quiet` of its second one."""
    wanted = name.removesuffix(".html").strip("/") or "index"
    if (text := page("demo", f"{wanted}.html")) is not None:
        channel_id = CHANNELS.get(request.query_params.get("channel", ""), CHANNEL_ID)
        return HTMLResponse(text.replace("__CHANNEL_ID__", channel_id), headers=FRESH)
    if page("demo", "index.html") is None:
        return missing()
    return await _asset(request, "demo", name, FRESH)


async def _asset(request: Request, folder: str, name: str, headers: dict[str, str]) -> Response:
    if (file := await built(folder, name)) is None:
        raise HTTPException(404, "There is no such page.")
    return send(request, file, headers)
