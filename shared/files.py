"""Files, kept under an id in a folder (`file:///…`) or a bucket (`s3://bucket/prefix`): one async API over both."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from shared.errors import Unavailable
from shared.messages import Id
from shared.settings import Settings

if TYPE_CHECKING:
    from obstore import GetResult

CHUNK_BYTES = 256 * 1024


class Files:
    """The file store. Raises Unavailable when it cannot be reached or written."""

    def __init__(self, settings: Settings) -> None:
        self._store = _open(settings.files_url)

    async def put(self, file_id: Id, content: BinaryIO) -> None:
        """Keeps the content, read from where it stands. It is whole or not there at all."""
        try:
            await obstore.put_async(self._store, _path(file_id), content)
        except (BaseError, OSError) as wrong:
            raise Unavailable("the file could not be kept") from wrong

    async def get(self, file_id: Id) -> AsyncIterator[bytes] | None:
        """The content, piece by piece; None when there is none."""
        try:
            found = await obstore.get_async(self._store, _path(file_id))
        except (NotFoundError, FileNotFoundError):
            return None
        except (BaseError, OSError) as wrong:
            raise Unavailable("the file cannot be read") from wrong
        return _pieces(found)

    async def delete(self, file_id: Id) -> None:
        """Forgets the content; nothing happens when there is none."""
        try:
            await obstore.delete_async(self._store, _path(file_id))
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as wrong:
            raise Unavailable("the file could not be deleted") from wrong


async def _pieces(found: "GetResult") -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=CHUNK_BYTES):
        yield bytes(piece)


def _path(file_id: Id) -> str:
    """Spread over folders, so that none grows too large."""
    return f"{file_id[-2:]}/{file_id}"


def _open(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)), mkdir=True)
    return from_url(url)
