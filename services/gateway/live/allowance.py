"""How many frames a browser may send: so many a second, with some to spare."""

from collections.abc import Callable
from time import monotonic


class Allowance:
    """A bucket that holds `burst` and fills at `rate` a second."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def take(self) -> bool:
        """Takes one. False: there is none left now."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
