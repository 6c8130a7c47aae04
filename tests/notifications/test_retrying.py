"""When a mail is tried again, and when no more."""

from datetime import timedelta

import pytest

from services.notifications.retrying import retry_at
from shared.settings import Settings
from tests.examples import NOON

SETTINGS = Settings.model_validate({"database_url": "postgresql://x", "nats_url": "nats://x", "secret": "x" * 32})


@pytest.mark.parametrize(("attempt", "pause"), [(1, 30), (2, 120), (3, 600), (4, 3600), (5, 21600), (6, 21600), (12, 21600)])
def test_the_pauses_grow(attempt: int, pause: float) -> None:
    assert retry_at(SETTINGS, attempt, NOON, NOON) == NOON + timedelta(seconds=pause)


def test_after_two_days_it_is_given_up() -> None:
    assert retry_at(SETTINGS, 9, NOON, NOON + timedelta(hours=42)) == NOON + timedelta(hours=48)
    assert retry_at(SETTINGS, 9, NOON, NOON + timedelta(hours=43)) is None


def test_operators_write_the_pauses_with_commas() -> None:
    given = Settings.model_validate(SETTINGS.model_dump() | {"secret": "x" * 32, "mail_retry_seconds": "5, 10"})
    assert given.mail_retry_seconds == (5, 10)
