"""Crash points for fault tests: `CRASH_AT=name` or `name:n` ends the process there, at the n-th passing, with exit 137."""

import os
from itertools import count

_NAME, _, _NTH = os.environ.get("CRASH_AT", "").partition(":")
_passed = count(1)


def crash_point(name: str) -> None:
    """Dies here, without cleaning up, if a test asked for it."""
    if name == _NAME and next(_passed) >= int(_NTH or 1):
        os._exit(137)
