"""How many live connections one address has open, sockets and polls alike."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.gateway.http.addresses import note_limit


class Places:
    """So many for each address, and no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def one(self, ip: str | None) -> Iterator[bool]:
        """Takes a place while it lasts. False: the address has no more."""
        if ip is None:
            yield True
            return
        if self._taken[ip] >= self._most:
            note_limit("sockets", ip)
            yield False
            return
        self._taken[ip] += 1
        try:
            yield True
        finally:
            self._taken[ip] -= 1
            if not self._taken[ip]:
                del self._taken[ip]
