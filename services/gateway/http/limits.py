"""How much one address, and one visitor, may ask for without having signed in. Generous: offices share an address."""

from collections import defaultdict

from cachetools import LRUCache

from services.gateway.accounts.signing import Visitor
from services.gateway.http.addresses import THIS_MACHINE
from services.gateway.live.allowance import Allowance
from shared.contracts.asks import StartConversationAsk, VisitorAsk
from shared.contracts.gateway import TooManyTries

KEPT = 50_000
HOUR_SECONDS = 3600
CONVERSATIONS = 30  # one visitor's in an hour


class SlowDown(TooManyTries):
    """This is a lot at once. Wait a moment, then try again."""

    seconds = 5


class Limits:
    """One allowance per purpose and address; no purpose crowds out another.

    `conversations`: how many an address may begin in an hour.
    """

    def __init__(self, conversations: int) -> None:
        self._conversations = conversations
        self._allowances: defaultdict[str, LRUCache[str, Allowance]] = defaultdict(lambda: LRUCache(KEPT))

    def check(self, purpose: str, address: str, rate: float, burst: float) -> None:
        """Raises SlowDown when `address` has used up what it may do of `purpose`."""
        allowances = self._allowances[purpose]
        if (allowance := allowances.get(address)) is None:
            allowance = allowances[address] = Allowance(rate, burst)
        if not allowance.take():
            raise SlowDown

    def check_ask(self, address: str, visitor: Visitor, ask: VisitorAsk) -> None:
        """Raises SlowDown when a visitor, or an address, begins more conversations than people do."""
        if isinstance(ask, StartConversationAsk):
            self._check_conversations("a visitor", visitor.actor, CONVERSATIONS)
            if address not in THIS_MACHINE:
                self._check_conversations("an address", address, self._conversations)

    def _check_conversations(self, kind: str, who: str, most: int) -> None:
        self.check(f"conversations of {kind}", who, rate=most / HOUR_SECONDS, burst=most)
