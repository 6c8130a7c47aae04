"""Files up and down."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from services.gateway.accounts.access import check_may_change
from services.gateway.files.receiving import UPLOAD, Received
from services.gateway.files.uploads import FileNotFound
from services.gateway.http.addresses import ip_of
from services.gateway.http.answering import Json
from services.gateway.http.dependencies import SignedIn, TheGateway, Visiting, id_in
from shared.contracts.views import FileUploaded

router = APIRouter(tags=["files"])


async def _may_upload(person: SignedIn) -> None:
    check_may_change(person)


async def _may_bring(_visitor: Visiting, request: Request, gateway: TheGateway) -> None:
    gateway.limits.check_address("files", ip_of(request), rate=5, burst=100)


@router.post("/api/files", response_model=FileUploaded, dependencies=[Depends(_may_upload)], openapi_extra=UPLOAD)
async def agent_upload(person: SignedIn, file: Received, gateway: TheGateway) -> Response:
    """Keeps a file, to be named in a message."""
    return Json(await gateway.uploads.keep(file.file, file.size or 0, file.filename or "", f"agent:{person.id}"))


@router.post("/api/widget/files", response_model=FileUploaded, dependencies=[Depends(_may_bring)], openapi_extra=UPLOAD)
async def visitor_upload(visitor: Visiting, file: Received, gateway: TheGateway) -> Response:
    """Keeps a visitor's file."""
    return Json(await gateway.uploads.keep(file.file, file.size or 0, file.filename or "", visitor.actor))


@router.get("/api/files/{file_id}")
async def agent_link(file_id: str, person: SignedIn, gateway: TheGateway) -> Response:
    """A fresh link."""
    return Json({"url": await gateway.uploads.link(id_in(file_id, FileNotFound), f"agent:{person.id}", None)})


@router.get("/api/widget/files/{file_id}")
async def visitor_link(file_id: str, visitor: Visiting, gateway: TheGateway) -> Response:
    """A fresh link, for a file of an own conversation."""
    return Json({"url": await gateway.uploads.link(id_in(file_id, FileNotFound), visitor.actor, visitor.contact_id)})


@router.get("/api/files/{file_id}/{name}")
async def download(file_id: str, name: str, gateway: TheGateway, sig: str = "", preview: bool = False) -> Response:  # noqa: ARG001 - for people
    """The file behind a link; images inline as a preview that we painted ourselves."""
    stored = await gateway.uploads.open(id_in(file_id, FileNotFound), sig, preview)
    quoted = quote(stored.name, safe="")
    headers = {"content-disposition": f"{'inline' if stored.inline else 'attachment'}; filename*=UTF-8''{quoted}"}
    return StreamingResponse(stored.content, media_type=stored.media_type, headers=headers)
