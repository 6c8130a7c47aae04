"""The one clock. `PARLEY_CLOCK_OFFSET` (seconds) lets a test live in another hour."""

import os
from datetime import UTC, datetime, timedelta

_OFFSET = timedelta(seconds=float(os.environ.get("PARLEY_CLOCK_OFFSET", "0")))


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC) + _OFFSET
