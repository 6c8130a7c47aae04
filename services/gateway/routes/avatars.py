"""Faces of colleagues and bots."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.http.dependencies import TheGateway, id_in
from services.gateway.http.portraits import face, portraits
from shared.errors import NotFound

router = APIRouter(tags=["avatars"])


class FaceNotFound(NotFound):
    """There is no such face."""


@router.get("/avatars/{face_id}.svg")
async def avatar(face_id: str, gateway: TheGateway) -> Response:
    """A portrait, or initials."""
    face_id = id_in(face_id, FaceNotFound)
    directory = gateway.directory
    if person := directory.people.get(face_id):
        drawn = face(face_id, person.name, directory.avatars[face_id])
    elif bot := directory.bots.get(face_id):
        drawn = face(face_id, bot.ref.name, bot.ref.name.lower() if bot.ref.name.lower() in portraits() else "")
    else:
        raise FaceNotFound
    headers = {
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "public, max-age=300",
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(drawn, media_type="image/svg+xml", headers=headers)
