"""How many live connections one address has open, sockets and polls alike."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from services.gateway.http.addresses import THIS_MACHINE

log = structlog.get_logger()


class Places:
    """So many for each address, and no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def one(self, ip: str) -> Iterator[bool]:
        """Takes a place while it lasts. False: the address has no more."""
        if self._taken[ip] >= self._most and ip not in THIS_MACHINE:
            log.warning(
                "address_has_too_many_sockets", ip=ip, hint="If this is a proxy of yours, name it in PARLEY_TRUSTED_PROXIES."
            )
            yield False
            return
        self._taken[ip] += 1
        try:
            yield True
        finally:
            self._taken[ip] -= 1
            if not self._taken[ip]:
                del self._taken[ip]
