"""The built browser code: read once it is there, sent with the policy each kind of page needs."""

import secrets
from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse, PlainTextResponse, Response

DIST = Path(__file__).parents[1] / "web" / "dist"
MISSING = "The browser code is not built yet. Run `make up`, then reload this page.\n"
CONSOLE = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; "
    "connect-src 'self' {sockets}; font-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WIDGET = (
    "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self' {sockets}; "
    "font-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)

NOWHERE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not found - Parley</title>
<style nonce="{nonce}">
  :root {{ color-scheme: light dark; --text: #191419; --link: #7c3d72; --canvas: #f7f5f7 }}
  @media (prefers-color-scheme: dark) {{ :root {{ --text: #ebe9eb; --link: #e1b9d8; --canvas: #1b171b }} }}
  body {{ min-height: 100dvh; margin: 0; display: grid; place-content: center; justify-items: center; gap: 8px;
    font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--canvas) }}
  h1, p {{ margin: 0; font-size: inherit }}
  a {{ color: var(--link) }}
</style>
<h1>There is no page at this address.</h1>
<p><a href="/">Go to the inbox</a></p>
</html>
"""


def page(folder: str, name: str) -> str | None:
    """A built page, as it is on disk now; None when there is none."""
    file = find(folder, name)
    return _read(file, file.stat().st_mtime_ns) if file else None


def find(folder: str, name: str) -> Path | None:
    """A file inside a built folder; None when there is none, or the name leads elsewhere."""
    inside = (DIST / folder).resolve()
    try:
        file = (inside / name).resolve()
        return file if file.is_relative_to(inside) and file.is_file() else None
    except (OSError, ValueError):
        return None


@cache
def _read(file: Path, _changed: int) -> str:
    return file.read_text(encoding="utf-8")


def missing() -> Response:
    """There is nothing to show yet, and this is why."""
    return PlainTextResponse(MISSING, 503, headers={"retry-after": "10"})


def console_page(sockets: str) -> Response:
    """The console, with a nonce of its own."""
    if (text := page("console", "index.html")) is None:
        return missing()
    nonce = secrets.token_urlsafe(18)
    headers = {
        "content-security-policy": CONSOLE.format(nonce=nonce, sockets=sockets),
        "cross-origin-opener-policy": "same-origin",
    }
    return HTMLResponse(text.replace("__CSP_NONCE__", nonce), headers=headers | FRESH)


def nowhere() -> Response:
    """For people who followed an address that leads nowhere: the way back."""
    nonce = secrets.token_urlsafe(18)
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return HTMLResponse(NOWHERE.format(nonce=nonce), 404, headers={"content-security-policy": policy, "vary": "accept"} | FRESH)


def widget_page(sockets: str, allowed_origins: tuple[str, ...]) -> Response:
    """The chat's frame, which only the sites on the channel's list may embed; an empty list means any."""
    if (text := page("widget", "frame.html")) is None:
        return missing()
    ancestors = " ".join(filter(_is_origin, allowed_origins)) or ("'none'" if allowed_origins else "*")
    return HTMLResponse(text, headers={"content-security-policy": WIDGET.format(sockets=sockets, ancestors=ancestors), **FRESH})


FRESH = {"cache-control": "no-cache"}
IMMUTABLE = {"cache-control": "public, max-age=31536000, immutable"}


def _is_origin(text: str) -> bool:
    """Whether an operator's line is one source of a policy, and not the end of it."""
    return text.startswith(("http://", "https://")) and not set(text) & set(" ;,'\"\t\r\n")
