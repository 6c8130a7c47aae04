"""Who saw what when: the bookkeeping of one round."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

from tests.bench.load.plan import Found, spread


@dataclass
class Tally:
    """Counts a round for `watchers` agents."""

    watchers: int
    counts_from: float
    sent: dict[str, float] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, tuple[str, asyncio.Future[None]]] = field(default_factory=dict)
    answered_s: list[float] = field(default_factory=list)
    shown_s: list[float] = field(default_factory=list)
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    seen_at: float = 0.0

    def say(self, command_id: str, message_id: str) -> asyncio.Future[None]:
        """A message goes out now; the future is done once it is answered."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting[command_id] = (message_id, future)
        self.sent[message_id] = perf_counter()
        self.shown[message_id] = 0
        return future

    def answer(self, command_id: str, refusal: str | None) -> None:
        """The sender heard back."""
        message_id, future = self.waiting.pop(command_id, ("", None))
        if future is None:
            return
        future.set_result(None)
        if refusal:
            self.refused[refusal] += 1
            del self.shown[message_id]
            return
        self.accepted += 1
        self._note(self.answered_s, message_id)

    def see(self, message_id: str, first: bool) -> None:
        """An agent's socket has it."""
        if message_id not in self.sent:
            return
        if not first:
            self.doubled += 1
            return
        self.shown[message_id] = self.shown.get(message_id, 0) + 1
        self.seen_at = perf_counter()
        self._note(self.shown_s, message_id)

    def _note(self, durations: list[float], message_id: str) -> None:
        if self.sent[message_id] >= self.counts_from:
            durations.append(perf_counter() - self.sent[message_id])

    @property
    def unseen(self) -> int:
        """Pairs of message and agent that are missing."""
        return sum(self.watchers - count for count in self.shown.values())

    def found(self, rate: float | None, disordered: int) -> Found:
        """The round in figures."""
        began = min(self.sent.values())
        return Found(
            rate=rate, sent=len(self.sent), accepted=self.accepted, refused=dict(self.refused), unseen=self.unseen,
            doubled=self.doubled, disordered=disordered, per_second=len(self.shown) / (self.seen_at - began),
            answered_ms=spread(self.answered_s), shown_ms=spread(self.shown_s),
        )  # fmt: skip
