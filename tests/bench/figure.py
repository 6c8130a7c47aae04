"""One line of the table: a figure of Parley's, its ceiling from the same run, and what was aimed at."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """`near`: the goal is missed, this release's limit is kept. `short`: the goal is missed, and no limit was agreed."""

    reached = "✓"
    near = "near"
    short = "short"
    missed = "✗"
    told = ""


@dataclass(frozen=True)
class Aim:
    """At most, or at least, `goal`. `limit` is what this release must keep; None: none was agreed. Of the ratio, or the value."""

    goal: float
    limit: float | None
    of_ratio: bool = False
    at_least: bool = False

    def judge(self, found: float) -> Verdict:
        """How `found` stands to it."""
        sign = -1 if self.at_least else 1
        if sign * found <= sign * self.goal:
            return Verdict.reached
        if self.limit is None:
            return Verdict.short
        return Verdict.near if sign * found <= sign * self.limit else Verdict.missed

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.goal:g}{' ×' if self.of_ratio else ''}"


@dataclass(frozen=True)
class Figure:
    """`faults` are what must never be, whatever the figure: lost or doubled messages, complaints of the auditor."""

    row: str
    name: str
    unit: str
    parley: float
    ceiling: float | None = None
    aims: tuple[Aim, ...] = ()
    faults: tuple[str, ...] = field(default=())

    @property
    def ratio(self) -> float | None:
        """Parley's figure in units of its ceiling."""
        return self.parley / self.ceiling if self.ceiling else None

    @property
    def verdict(self) -> Verdict:
        """The worst of all aims; a fault is a miss."""
        if self.faults:
            return Verdict.missed
        found = [aim.judge((self.ratio or 0) if aim.of_ratio else self.parley) for aim in self.aims]
        ordered = (Verdict.missed, Verdict.short, Verdict.near, Verdict.reached)
        return next((verdict for verdict in ordered if verdict in found), Verdict.told)


def at_most(goal: float, limit: float | None = None, *, times: bool = False) -> Aim:
    """Small is good. `times`: of the ceiling."""
    return Aim(goal, limit, of_ratio=times)


def at_least(goal: float, limit: float | None = None, *, times: bool = False) -> Aim:
    """Large is good."""
    return Aim(goal, limit, of_ratio=times, at_least=True)
