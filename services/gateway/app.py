"""The HTTP application: routes, problems, and the guard before them."""

from fastapi import FastAPI
from starlette.types import ASGIApp

from services.gateway.assets import built
from services.gateway.gateway import Gateway
from services.gateway.guarding import Guard
from services.gateway.problems import answer_with_problems
from services.gateway.routes import (
    asks,
    avatars,
    contacts,
    conversations,
    docs,
    files,
    health,
    pages,
    people,
    session,
    sockets,
    widget,
)  # fmt: skip

ROUTERS = (session, people, conversations, contacts, asks, files, widget, avatars, health, docs)


def make_app(gateway: Gateway) -> ASGIApp:
    """The application for one gateway."""
    app = FastAPI(title="Parley", version="0.1.0", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.gateway = gateway
    answer_with_problems(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.include_router(sockets.router)
    app.mount("/assets", built("console/assets"))
    app.mount("/widget/assets", built("widget/assets"))
    app.mount("/demo/assets", built("demo/assets"))
    app.include_router(pages.router)
    return Guard(app, gateway.parts.settings.public_url)
