"""When a mail is tried again."""

from datetime import datetime, timedelta

from shared.settings import Settings


def retry_at(settings: Settings, attempt: int, since: datetime, now: datetime) -> datetime | None:
    """The moment after attempt number `attempt` of a mail that waits `since` then; None after long enough."""
    pauses = settings.mail_retry_seconds
    again = now + timedelta(seconds=pauses[min(attempt, len(pauses)) - 1])
    return again if again <= since + timedelta(seconds=settings.mail_give_up_seconds) else None
