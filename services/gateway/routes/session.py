"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from services.gateway.accounts.credentials import check_password
from services.gateway.accounts.sessions import LONGEST
from services.gateway.accounts.throttle import count_try, forget_tries
from services.gateway.gateway import Gateway
from services.gateway.http.addresses import ip_of
from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway
from services.gateway.live.agent_socket import COOKIE
from shared.contracts.gateway import WrongCredentials
from shared.contracts.views import Me, Person

router = APIRouter(prefix="/api/session", tags=["session"])


class SignIn(BaseModel):
    """Address and password."""

    model_config = ConfigDict(extra="forbid")
    address: Annotated[str, StringConstraints(max_length=254)]
    password: Annotated[str, StringConstraints(max_length=1000)]


@router.post("", response_model=Me)
async def sign_in(body: SignIn, request: Request, gateway: TheGateway) -> Response:
    """Signs in, under a new session id."""
    pool, ip = gateway.parts.pool, ip_of(request)
    await count_try(pool, body.address, ip)
    account_id = await check_password(pool, body.address, body.password)
    await forget_tries(pool, body.address, ip)
    if before := request.cookies.get(COOKIE):
        await gateway.sessions.end(before)
    if gateway.directory.active(account_id) is None:
        await gateway.directory.load()  # the account may be younger than what this process has read
    if (person := gateway.directory.active(account_id)) is None:
        raise WrongCredentials
    answer = Json(_me(gateway, person))
    answer.set_cookie(
        COOKIE, await gateway.sessions.begin(account_id), max_age=int(LONGEST.total_seconds()), httponly=True, samesite="lax",
        secure=request.url.scheme == "https" or gateway.parts.settings.public_url.startswith("https://"),
    )  # fmt: skip
    return answer


@router.get("", response_model=Me)
async def session(person: SignedIn, gateway: TheGateway) -> Response:
    """Who is signed in."""
    return Json(_me(gateway, person))


@router.delete("", status_code=204)
async def sign_out(request: Request, gateway: TheGateway) -> Response:
    """Signs out; the session's sockets end within seconds."""
    if token := request.cookies.get(COOKIE):
        await gateway.sessions.end(token)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def _me(gateway: Gateway, person: Person) -> Me:
    return Me(
        account_id=person.id, address=gateway.directory.addresses[person.id], name=person.name, title=person.title,
        role=person.role, avatar_url=person.avatar_url,
    )  # fmt: skip
