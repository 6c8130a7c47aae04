"""The inbox: pages of rows, opened threads."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway, id_in
from services.gateway.queries import rows_of, snapshot
from services.gateway.threads import END, entries_before, thread_of
from shared.contracts.refusals import ConversationNotFound
from shared.contracts.views import Rows, Thread, View

router = APIRouter(prefix="/api/conversations", tags=["conversations"])


@router.get("", response_model=Rows)
async def rows(
    person: SignedIn,
    gateway: TheGateway,
    view: View = "all_open",
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Response:
    """One page of a view, newest activity first."""
    async with snapshot(gateway.parts.pool) as (connection, position):
        page, following = await rows_of(connection, view, person.id, after, limit)
    return Json({"epoch": gateway.follower.epoch, "position": position, "rows": page, "next": following})


@router.get("/{conversation_id}", response_model=Thread)
async def thread(conversation_id: str, _person: SignedIn, gateway: TheGateway) -> Response:
    """A conversation with its newest entries."""
    found = await thread_of(gateway.parts.pool, id_in(conversation_id, ConversationNotFound), gateway.follower.epoch)
    return Json(found)


@router.get("/{conversation_id}/entries")
async def entries(
    conversation_id: str,
    _person: SignedIn,
    gateway: TheGateway,
    before: Annotated[int, Query(ge=0, le=END)] = END,
) -> Response:
    """Older entries."""
    return Json(await entries_before(gateway.parts.pool, id_in(conversation_id, ConversationNotFound), before))
