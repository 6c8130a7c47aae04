"""Where a page of the inbox ends: activity and id of its last row, as an opaque word in the address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from shared.errors import Invalid


class Cursor(NamedTuple):
    """The last row of a page."""

    activity_at: datetime
    conversation_id: UUID


def write_cursor(cursor: Cursor) -> str:
    """The cursor as it travels."""
    return urlsafe_b64encode(f"{cursor.activity_at.isoformat()} {cursor.conversation_id}".encode()).decode()


def read_cursor(text: str) -> Cursor:
    """The cursor again. Raises Invalid for anything else."""
    try:
        at, _, conversation_id = urlsafe_b64decode(text.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return Cursor(moment.astimezone(UTC), UUID(conversation_id))
    except (ValueError, OverflowError, NotBase64) as wrong:
        raise Invalid("after: not a cursor of ours") from wrong
