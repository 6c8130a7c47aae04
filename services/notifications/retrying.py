"""When a mail is tried again."""

from datetime import datetime, timedelta

from shared.settings import Settings


def retry_at(settings: Settings, attempt: int, requested_at: datetime, now: datetime) -> datetime | None:
    """The moment after attempt number `attempt`, or None when the mail has been tried for long enough."""
    pauses = settings.mail_retry_seconds
    again = now + timedelta(seconds=pauses[min(attempt, len(pauses)) - 1])
    return again if again <= requested_at + timedelta(seconds=settings.mail_give_up_seconds) else None
