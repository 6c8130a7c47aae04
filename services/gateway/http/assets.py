"""Built files as they are sent: read and compressed once, in a thread, then kept in memory until they are built anew."""

import asyncio
import gzip
from dataclasses import dataclass
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from services.gateway.http.pages import find

WORTH_BYTES = 1000
KEPT = 500


@dataclass(frozen=True)
class Built:
    """A file's content, its compressed form where that is smaller, and a name for this very content."""

    content: bytes
    compressed: bytes | None
    media_type: str
    etag: str


_built: LRUCache[tuple[Path, int], Built] = LRUCache(KEPT)


async def built(folder: str, name: str) -> Built | None:
    """The file of this name inside a built folder; None when there is none."""
    if (file := find(folder, name)) is None:
        return None
    key = (file, file.stat().st_mtime_ns)
    if (known := _built.get(key)) is None:
        known = _built[key] = await asyncio.to_thread(_read, file)
    return known


def _read(file: Path) -> Built:
    content = file.read_bytes()
    compressed = gzip.compress(content, 9, mtime=0) if len(content) >= WORTH_BYTES else content
    kind = "text/javascript" if file.suffix == ".js" else guess_type(file.name)[0] or "application/octet-stream"
    digest = blake2b(content, digest_size=12).hexdigest()
    return Built(content, compressed if len(compressed) < len(content) else None, kind, f'"{digest}"')


def send(request: Request, file: Built, headers: dict[str, str]) -> Response:
    """The file, compressed for those who can read that, or only the word that it has not changed."""
    headers = headers | {"etag": file.etag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.compressed, media_type=file.media_type, headers=headers | {"content-encoding": "gzip"})
    return Response(file.content, media_type=file.media_type, headers=headers)
