"""How much one address, and one visitor, may ask for without having signed in. Generous: offices share an address."""

from collections import defaultdict

from cachetools import LRUCache

from services.gateway.accounts.signing import Visitor
from services.gateway.http.addresses import note_limit
from services.gateway.live.allowance import Allowance
from shared.contracts.asks import StartConversationAsk, VisitorAsk
from shared.contracts.gateway import TooManyTries

KEPT = 50_000
HOUR_SECONDS = 3600
CONVERSATIONS = 200  # one visitor's in an hour; an integration may speak for many people as one


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

    def check(self, purpose: str, who: str, rate: float, burst: float) -> None:
        """Raises SlowDown when `who` has used up what it may do of `purpose`."""
        allowances = self._allowances[purpose]
        if (allowance := allowances.get(who)) is None:
            allowance = allowances[who] = Allowance(rate, burst)
        if not allowance.take():
            raise SlowDown

    def check_address(self, purpose: str, ip: str | None, rate: float, burst: float) -> None:
        """The same for an address; this machine's (None) is not counted."""
        if ip is None:
            return
        try:
            self.check(purpose, ip, rate, burst)
        except SlowDown:
            note_limit(purpose, ip)
            raise

    def check_ask(self, ip: str | None, visitor: Visitor, ask: VisitorAsk) -> None:
        """Raises SlowDown when a visitor, or an address, begins more conversations than people do."""
        if isinstance(ask, StartConversationAsk):
            self.check("conversations of a visitor", visitor.actor, CONVERSATIONS / HOUR_SECONDS, CONVERSATIONS)
            most = self._conversations
            self.check_address("conversations of an address", ip, most / HOUR_SECONDS, most)
