"""Built files with their own names: cached for good, compressed on the way."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from services.gateway.pages import DIST, IMMUTABLE


class Immutable(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, for ever."""
        response = await super().get_response(path, scope)
        response.headers.update(IMMUTABLE)
        return response


def built(folder: str) -> ASGIApp:
    """The files of one built folder; 404 until it is there."""
    return GZipMiddleware(Immutable(directory=DIST / folder, check_dir=False), minimum_size=1000)
