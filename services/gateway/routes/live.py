"""The live protocol over HTTP, for when sockets do not get through."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from services.gateway.accounts.sessions import token_hash
from services.gateway.gateway import Gateway
from services.gateway.http.addresses import ip_of
from services.gateway.http.dependencies import SignedIn, TheGateway, Visiting
from services.gateway.live import agent_socket, visitor_socket
from services.gateway.live.basket import Basket
from services.gateway.live.polling import answer, poll
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat
from services.gateway.live.states import Marks, read_seen
from shared.contracts.live import LiveCall, Poll, Polled, Typing
from shared.messages import derived_id, new_id

router = APIRouter(tags=["live"])


@router.post("/api/live", response_model=Polled)
async def agent_live(call: Annotated[LiveCall, Body()], request: Request, person: SignedIn, gateway: TheGateway) -> Response:
    """Answers `hello` at once, `poll` when something happens (after 20 s at the latest), `typing` with nothing."""
    gateway.limits.check("live", person.id, agent_socket.FRAMES_A_SECOND, agent_socket.FRAMES_AT_ONCE)
    session = token_hash(request.cookies.get(agent_socket.COOKIE, ""))
    basket, told = Basket(), read_seen(call.seen) if isinstance(call, Poll) else {}
    window = told.setdefault("window", new_id())
    seat_id = derived_id(session.hex(), window)  # the same for all polls of a window: colleagues see one who looks
    seat = AgentSeat(basket, seat_id, account_id=person.id, session=session, told=told)
    return await _answer(gateway, seat, basket, call, request, told)


@router.post("/api/widget/live", response_model=Polled)
async def visitor_live(call: Annotated[LiveCall, Body()], request: Request, visitor: Visiting, gateway: TheGateway) -> Response:
    """Answers `hello` at once, `poll` when something happens (after 20 s at the latest), `typing` with nothing."""
    gateway.limits.check("live", visitor.contact_id, visitor_socket.FRAMES_A_SECOND, visitor_socket.FRAMES_AT_ONCE)
    basket = Basket()
    return await _answer(gateway, VisitorSeat(basket, visitor=visitor), basket, call, request, {})


async def _answer(gateway: Gateway, seat: Seat, basket: Basket, call: LiveCall, request: Request, told: Marks) -> Response:
    if isinstance(call, Typing):
        await gateway.company.type(seat, call)
    else:
        await poll(gateway, seat, basket, call, ip_of(request), gone=lambda: _gone(request))
    return Response(answer(basket, told), media_type="application/json")


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
