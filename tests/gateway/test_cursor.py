"""Where a page ends, and nothing else."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.gateway.cursor import Cursor, read_cursor, write_cursor
from shared.errors import Invalid
from tests.examples import CONVERSATION

HERE = Cursor(datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC), UUID(CONVERSATION))


def test_it_is_read_as_it_was_written() -> None:
    assert read_cursor(write_cursor(HERE)) == HERE


@pytest.mark.parametrize(
    "text", ["", "x", "ä", "'; drop table rows; --", "====", urlsafe_b64encode(b"2026-03-02 nothing").decode(),
             urlsafe_b64encode(f"2026-03-02T12:00:00 {CONVERSATION}".encode()).decode()],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(text)
