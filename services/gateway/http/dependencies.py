"""What routes are handed: the gateway, the colleague who is signed in, the visitor whose token came along."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from services.gateway.accounts.signing import Visitor
from services.gateway.gateway import Gateway
from services.gateway.live.agent_socket import COOKIE
from shared.contracts.gateway import NotSignedIn
from shared.contracts.views import Person
from shared.errors import NotFound


async def the_gateway(connection: HTTPConnection) -> Gateway:
    """The gateway behind this connection. Async, or every call would pass through a thread."""
    found: Gateway = connection.app.state.gateway
    return found


TheGateway = Annotated[Gateway, Depends(the_gateway)]


async def signed_in(request: Request, gateway: TheGateway) -> Person:
    """The colleague. Raises NotSignedIn."""
    account_id = await gateway.sessions.account_of(request.cookies.get(COOKIE))
    if account_id is None or (person := gateway.directory.active(account_id)) is None:
        raise NotSignedIn
    return person


async def visiting(request: Request, gateway: TheGateway) -> Visitor:
    """The visitor. Raises NotSignedIn without a good token."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    visitor = gateway.tokens.read(token) if kind.lower() == "bearer" else None
    if visitor is None:
        raise NotSignedIn("Open the chat again.")
    return visitor


SignedIn = Annotated[Person, Depends(signed_in)]
Visiting = Annotated[Visitor, Depends(visiting)]


def id_in(text: str, missing: type[NotFound]) -> str:
    """An id from an address in its one form; anything else names nothing (raises `missing`)."""
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise missing from wrong
