"""How much one address may ask for without having signed in. Generous: offices share an address."""

from cachetools import LRUCache

from services.gateway.live.allowance import Allowance
from shared.contracts.gateway import TooManyTries

KEPT = 50_000


class SlowDown(TooManyTries):
    """This is a lot at once. Wait a moment, then try again."""

    seconds = 5


class Limits:
    """One allowance per purpose and address."""

    def __init__(self) -> None:
        self._allowances: LRUCache[tuple[str, str], Allowance] = LRUCache(KEPT)

    def check(self, purpose: str, address: str, rate: float, burst: float) -> None:
        """Raises SlowDown when `address` has used up what it may do of `purpose`."""
        key = (purpose, address)
        if (allowance := self._allowances.get(key)) is None:
            allowance = self._allowances[key] = Allowance(rate, burst)
        if not allowance.take():
            raise SlowDown
