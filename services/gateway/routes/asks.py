"""Asks over HTTP, for when sockets do not get through."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from starlette.responses import Response

from services.gateway.http.addresses import ip_of
from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway, Visiting
from services.gateway.live.incoming import NotJson, check_no_nul
from shared.contracts.asks import AgentAsk, VisitorAsk
from shared.contracts.live import Accepted
from shared.errors import Invalid

router = APIRouter(tags=["asks"])


async def _no_nul(request: Request) -> None:
    try:
        check_no_nul(await request.body())
    except NotJson as wrong:  # FastAPI reads NaN, and no JSON has one
        raise Invalid("this is no JSON") from wrong


@router.post("/api/asks", response_model=Accepted, dependencies=[Depends(_no_nul)])
async def agent_ask(ask: Annotated[AgentAsk, Body()], person: SignedIn, gateway: TheGateway) -> Response:
    """An agent asks for something."""
    position = await gateway.asks.by_agent(person, ask)
    return Json(Accepted(command_id=ask.command_id, position=position))


@router.post("/api/widget/asks", response_model=Accepted, dependencies=[Depends(_no_nul)])
async def visitor_ask(ask: Annotated[VisitorAsk, Body()], request: Request, visitor: Visiting, gateway: TheGateway) -> Response:
    """A visitor asks for something."""
    gateway.limits.check_address("asks", ip_of(request), rate=200, burst=1000)
    gateway.limits.check_ask(ip_of(request), visitor, ask)
    position = await gateway.asks.by_visitor(visitor, ask)
    return Json(Accepted(command_id=ask.command_id, position=position))
