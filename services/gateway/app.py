"""The HTTP application: routes, problems, and the guard before them."""

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from services.gateway.gateway import Gateway
from services.gateway.http.guarding import Guard
from services.gateway.http.problems import ProblemDetails, answer_with_problems
from services.gateway.live.entrance import Sockets
from services.gateway.routes import (
    asks,
    avatars,
    contacts,
    conversations,
    docs,
    files,
    health,
    live,
    pages,
    people,
    session,
    widget,
)  # fmt: skip

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": {"application/problem+json": {"schema": ProblemDetails.model_json_schema()}}}
    for status, why in (("4XX", "Refused: `code` says which way"), ("5XX", "Not now, or our own fault"))
}
ROUTERS = (session, people, conversations, contacts, asks, live, files, widget, avatars, health, docs)


def make_app(gateway: Gateway) -> ASGIApp:
    """The application for one gateway."""
    app = FastAPI(
        title="Parley", version="0.1.0", docs_url=None, redoc_url=None, openapi_url=None, responses=PROBLEMS,
    )  # fmt: skip
    app.state.gateway = gateway
    answer_with_problems(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.include_router(pages.router)
    return Guard(app, Sockets(gateway), gateway.parts.settings.public_url)
