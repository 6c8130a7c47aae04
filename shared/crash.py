"""Crash points for fault tests: `CRASH_AT=name` or `name:n` ends the process there, at the n-th passing, with exit 137."""

import os

_NAME, _, _COUNT = os.environ.get("CRASH_AT", "").partition(":")
_left = int(_COUNT or 1)


def crash_point(name: str) -> None:
    """Dies here, without cleaning up, if a test asked for it."""
    global _left
    if name != _NAME:
        return
    _left -= 1
    if _left <= 0:
        os._exit(137)
