"""Contacts, for choosing where a transcript goes."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.gateway.contact_search import by_address, by_words
from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway
from shared.contracts.views import Contact

router = APIRouter(prefix="/api/contacts", tags=["contacts"])


@router.get("", response_model=list[Contact])
async def contacts(
    _person: SignedIn,
    gateway: TheGateway,
    address: Annotated[str | None, Query(max_length=254)] = None,
    query: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """At most ten, by exact address or by the beginnings of words."""
    pool = gateway.parts.pool
    return Json(await by_address(pool, address) if address else await by_words(pool, query))
