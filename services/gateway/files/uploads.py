"""Uploaded files: judged by their content, kept under random ids, opened only by those who may see where they were said."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO

from asyncpg import Record

from services.gateway.accounts.signing import FileLinks
from services.gateway.files.filetypes import IMAGES, clean_name, type_of
from services.gateway.files.images import PREVIEW_TYPE, Looked, look_at
from shared.clock import now
from shared.contracts.gateway import FileRefused
from shared.contracts.values import Attachment
from shared.contracts.views import FileUploaded
from shared.errors import NotFound
from shared.files import Files
from shared.messages import new_id
from shared.postgres import Pool, borrowed

MOST_BYTES = 25 * 1024 * 1024
QUOTA_FILES, QUOTA_BYTES = 50, 200 * 1024 * 1024
IMAGES_AT_ONCE = 2


class FileNotFound(NotFound):
    """There is no such file."""


@dataclass(frozen=True)
class Stored:
    """A file to be sent out. `inline`: it is a preview we painted ourselves."""

    name: str
    media_type: str
    inline: bool
    content: AsyncIterator[bytes]


class Uploads:
    """Takes files in and gives them out."""

    def __init__(self, pool: Pool, files: Files, links: FileLinks) -> None:
        self._pool, self._files, self._links = pool, files, links
        self._room = asyncio.Semaphore(IMAGES_AT_ONCE)

    async def keep(self, content: BinaryIO, size: int, name: str, uploader: str) -> FileUploaded:
        """Keeps a file. Raises FileRefused with the reason, or Unavailable."""
        if size > MOST_BYTES:
            raise FileRefused("The file is larger than 25 MB.")
        if uploader.startswith("visitor:"):
            await self._check_quota(uploader, size)
        media_type = await asyncio.to_thread(type_of, content, name)
        looked = await self._look(content) if media_type in IMAGES else None
        file_id, preview_id = new_id(), new_id() if looked else None
        await self._files.put(file_id, content)
        if looked and preview_id:
            await self._files.put(preview_id, BytesIO(looked.preview))
        kept = FileUploaded(
            file_id=file_id, name=clean_name(name, media_type), media_type=media_type, size=size,
            width=looked.width if looked else None, height=looked.height if looked else None, url="",
        )  # fmt: skip
        await self._note(kept, uploader, preview_id)
        return kept.model_copy(update={"url": self._links.url(file_id, kept.name)})

    async def _look(self, content: BinaryIO) -> Looked:
        async with self._room:
            return await asyncio.to_thread(look_at, content)

    async def _check_quota(self, uploader: str, size: int) -> None:
        async with borrowed(self._pool) as connection:
            used = await connection.fetchrow(
                "select count(*) as files, coalesce(sum(size), 0) as bytes from uploads where uploader = $1 and uploaded_at > $2",
                uploader, now() - timedelta(days=1),
            )  # fmt: skip
        if used and (used["files"] >= QUOTA_FILES or used["bytes"] + size > QUOTA_BYTES):
            raise FileRefused("You have sent many files today. Try again tomorrow.")

    async def _note(self, kept: FileUploaded, uploader: str, preview_id: str | None) -> None:
        async with borrowed(self._pool) as connection:
            await connection.execute(
                "insert into uploads values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                kept.file_id, uploader, kept.name, kept.media_type, kept.size, kept.width, kept.height, preview_id, now(),
            )  # fmt: skip

    async def attachments(self, file_ids: Sequence[str], uploader: str) -> tuple[Attachment, ...]:
        """These files for a message of their uploader. Raises FileRefused when one is not theirs."""
        async with borrowed(self._pool) as connection:
            found = await connection.fetch(
                "select file_id::text, name, media_type, size, width, height from uploads "
                "where file_id = any($1::uuid[]) and uploader = $2",
                list(file_ids), uploader,
            )  # fmt: skip
        own = {record["file_id"]: Attachment.model_validate(dict(record)) for record in found}
        if missing := [file_id for file_id in file_ids if file_id not in own]:
            raise FileRefused(f"There is no uploaded file {missing[0]}.")
        return tuple(own[file_id] for file_id in dict.fromkeys(file_ids))

    async def link(self, file_id: str, uploader: str, contact_id: str | None) -> str:
        """A fresh link for somebody who may open the file: colleagues (`contact_id` None) or a visitor. Raises FileNotFound."""
        async with borrowed(self._pool) as connection:
            name = await connection.fetchval(
                "select name from uploads u where file_id = $1 and (uploader = $2 or exists (select 1 from attachments a "
                "where a.file_id = u.file_id and ($3::uuid is null or (a.contact_id = $3 and not a.comment))))",
                file_id, uploader, contact_id,
            )  # fmt: skip
        if name is None:
            raise FileNotFound
        return self._links.url(file_id, name)

    async def open(self, file_id: str, signature: str, preview: bool) -> Stored:
        """The file behind a link. Raises FileNotFound when the link is not good (any more)."""
        if not self._links.valid(file_id, signature):
            raise FileNotFound
        async with borrowed(self._pool) as connection:
            found = await connection.fetchrow(
                "select name, media_type, preview_id::text from uploads where file_id = $1", file_id
            )
        if found is None:
            raise FileNotFound
        return await self._opened(file_id, found, preview and found["preview_id"] is not None)

    async def _opened(self, file_id: str, found: Record, inline: bool) -> Stored:
        content = await self._files.get(found["preview_id"] if inline else file_id)
        if content is None:
            raise FileNotFound
        return Stored(found["name"], PREVIEW_TYPE if inline else found["media_type"], inline, content)
