"""An upload as it comes in. It is a dependency, to be named after whoever sends it: strangers' bodies are not read."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from shared.errors import Invalid

_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}},
}
UPLOAD: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}
"""What OpenAPI cannot see of it by itself."""


async def _received(request: Request) -> AsyncIterator[UploadFile]:
    """The file of the field `file`. Raises Invalid when there is none."""
    async with request.form(max_files=1, max_fields=1) as form:
        if not isinstance(file := form.get("file"), UploadFile):
            raise Invalid("file: a file is missing")
        yield file


Received = Annotated[UploadFile, Depends(_received)]
