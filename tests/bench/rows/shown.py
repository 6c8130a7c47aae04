"""P1 and P11: from a visitor's send to every agent's socket, ten agents and fifty open chats, at a given rate."""

from collections.abc import Iterator, Mapping
from statistics import median

from tests.bench.figure import Aim, Figure, at_most
from tests.bench.load.plan import Found, Round
from tests.bench.playing import Load
from tests.bench.stage import Stage

AGENTS, VISITORS = 10, 50
TURNS = 3
MOST_SECONDS, LEAST_SECONDS, ENOUGH_MESSAGES = 6.0, 3.0, 600

Pair = tuple[list[Found], list[Found]]


def measure_sending(stage: Stage) -> Iterator[Figure]:
    """P1: durable, through all processes, at 50 and 300 messages a second."""
    aims = {"p50": at_most(2, 4, times=True), "p99": at_most(3, 6, times=True)}
    yield from _measure(stage, "P1", (50, 300), {50: aims, 300: {name: Aim(aim.goal, None, True) for name, aim in aims.items()}})


def measure_watching(stage: Stage) -> Iterator[Figure]:
    """P11: what agents see who watch five chats each, at 10, 50 and 200 messages a second."""
    at_200 = {"p50": at_most(4), "p99": at_most(12)}
    yield from _measure(stage, "P11", (10, 50, 200), {200: at_200})


def _measure(stage: Stage, row: str, rates: tuple[int, ...], aims: Mapping[int, Mapping[str, Aim]]) -> Iterator[Figure]:
    parley, bare = stage.parley.start(), stage.bare.start("writer", "gateway")
    stage.says(f"{row}: agents and visitors connect")
    with Load(parley.plan(AGENTS, VISITORS)) as ours, Load(bare.plan(AGENTS, VISITORS)) as theirs:
        found = {rate: _by_turns(stage, row, rate, ours, theirs) for rate in rates}
    complaints = parley.audited()
    for rate in rates:
        yield from _figures(row, rate, found[rate], aims.get(rate, {}), complaints)


def _by_turns(stage: Stage, row: str, rate: int, ours: Load, theirs: Load) -> Pair:
    seconds = min(MOST_SECONDS, max(LEAST_SECONDS, ENOUGH_MESSAGES / rate / TURNS))
    pair: Pair = ([], [])
    for turn in range(1, TURNS + 1):
        stage.says(f"{row}: {rate} messages/s, turn {turn} of {TURNS}")
        pair[1].append(theirs.round(Round(rate=rate, seconds=seconds)))
        pair[0].append(ours.round(Round(rate=rate, seconds=seconds)))
    return pair


def _figures(row: str, rate: int, pair: Pair, aims: Mapping[str, Aim], complaints: list[str]) -> Iterator[Figure]:
    faults = tuple(dict.fromkeys([fault for found in pair[0] for fault in found.faults] + complaints))
    for name in ("p50", "p95", "p99"):
        ours, theirs = (median(getattr(found.shown_ms, name) for found in side) for side in pair)
        aim = (aims[name],) if name in aims else ()
        yield Figure(row, f"send → shown, {rate}/s, {name}", "ms", ours, theirs, aim, faults)
