"""Colleagues, and what concerns the one who is signed in."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway
from services.gateway.queries import counters_of, notices_of
from shared.contracts.live import Counters
from shared.contracts.views import Notice, Person

router = APIRouter(prefix="/api", tags=["people"])


@router.get("/people", response_model=list[Person])
async def people(_person: SignedIn, gateway: TheGateway) -> Response:
    """All colleagues."""
    return Response(gateway.directory.people_json(), media_type="application/json")


@router.get("/views", response_model=Counters)
async def views(person: SignedIn, gateway: TheGateway) -> Response:
    """How many conversations each view holds."""
    found = await counters_of(gateway.parts.pool, {person.id})
    return Json({"type": "counters", "position": found.position, "counts": found.counts_of(person.id)})


@router.get("/notices", response_model=list[Notice])
async def notices(person: SignedIn, gateway: TheGateway) -> Response:
    """What I have not seen yet."""
    return Json((await notices_of(gateway.parts.pool, person.id)).notices)
