"""The HTTP calls as OpenAPI, and as a page to read (no script, so that no policy has to bend for it)."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from services.gateway.http.answering import Json

router = APIRouter(prefix="/api", include_in_schema=False)
POLICY = {"content-security-policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'"}


@router.get("/openapi.json")
async def openapi(request: Request) -> Response:
    """For programs."""
    return Json(request.app.openapi())


@router.get("/docs")
async def docs(request: Request) -> Response:
    """For people."""
    found = request.app.openapi()
    rows = "".join(_rows(found))
    title = escape(f"{found['info']['title']} {found['info']['version']}")
    body = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
        '<p>Shapes and errors: <a href="/api/openapi.json">openapi.json</a>.</p>'
        f"<table><thead><tr><th>Call<th>Meaning<tbody>{rows}</table></html>"
    )
    return HTMLResponse(body, headers=POLICY)


def _rows(found: dict[str, Any]) -> list[str]:
    return [
        f"<tr><td><code>{method.upper()} {escape(path)}</code><td>{escape(call.get('description', ''))}"
        for path, calls in found["paths"].items()
        for method, call in calls.items()
    ]
