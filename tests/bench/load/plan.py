"""What a load is to do, and what it found. They travel as lines of JSON: the plan and each round in, what was found out."""

from pydantic import BaseModel


class Visitor(BaseModel):
    """A visitor and their one conversation, which the load begins."""

    token: str
    conversation_id: str


class Round(BaseModel):
    """Messages for `seconds`, after `warm_up` seconds that do not count. `rate` a second; None: as many as are accepted."""

    rate: float | None
    seconds: float
    warm_up: float = 1.0


class Plan(BaseModel):
    """Who plays: `agents` are cookie headers."""

    url: str
    agents: list[str]
    visitors: list[Visitor]


class Spread(BaseModel):
    """Milliseconds."""

    p50: float = 0
    p95: float = 0
    p99: float = 0


class Found(BaseModel):
    """What one round showed. A message counts as shown once per agent: `unseen` and `doubled` count those pairs.

    `per_second`: messages that all agents saw, by the time from the first send to the last sight.
    """

    rate: float | None
    sent: int
    accepted: int
    refused: dict[str, int]
    unseen: int
    doubled: int
    disordered: int
    per_second: float
    answered_ms: Spread
    shown_ms: Spread

    @property
    def faults(self) -> list[str]:
        """What must never be, in words."""
        counts = {
            "refused": sum(self.refused.values()), "unanswered": self.sent - self.accepted - sum(self.refused.values()),
            "never shown": self.unseen, "shown twice": self.doubled, "out of order": self.disordered,
        }  # fmt: skip
        return [f"{count} {what}" for what, count in counts.items() if count]


def spread(seconds: list[float]) -> Spread:
    """The usual percentiles of a list of durations."""
    if not seconds:
        return Spread()
    ordered = sorted(seconds)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95, 0.99))
    return Spread(p50=p50, p95=p95, p99=p99)
