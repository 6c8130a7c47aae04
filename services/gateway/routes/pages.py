"""Console, widget, loader and the demonstration shop."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response

from services.gateway.demonstration import CHANNEL_ID, CHANNELS
from services.gateway.dependencies import TheGateway, id_in
from services.gateway.pages import DIST, FRESH, console_page, missing, page, widget_page
from shared.contracts.inboxes import ChannelNotFound

router = APIRouter(include_in_schema=False)
DEMO = (DIST / "demo").resolve()


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


@router.get("/widget.js")
async def loader() -> Response:
    """The one line of script on a customer's site."""
    file = DIST / "widget" / "widget.js"
    if not file.is_file():
        return missing()
    headers = {
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }
    return FileResponse(file, media_type="text/javascript", headers=headers)


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
    if (file := (DEMO / name).resolve()).is_file() and file.is_relative_to(DEMO) and file.suffix != ".html":
        return FileResponse(file, headers=FRESH)
    wanted = f"demo/{name.removesuffix('.html').strip('/') or 'index'}.html"
    text = page(wanted) if (DIST / wanted).resolve().is_relative_to(DEMO) else None
    if text is None:
        if page("demo/index.html") is None:
            return missing()
        raise HTTPException(404, "There is no such page.")
    channel_id = CHANNELS.get(request.query_params.get("channel", ""), CHANNEL_ID)
    return HTMLResponse(text.replace("__CHANNEL_ID__", channel_id), headers=FRESH)
