"""P2: messages a second from end to end, as many as are accepted: 200 conversations, one agent who sees them all."""

from collections.abc import Iterator

from tests.bench.figure import Figure, at_least
from tests.bench.load.plan import Found, Round
from tests.bench.playing import Load
from tests.bench.stage import Stage

VISITORS = 200
SECONDS = 4.0
TURNS = 3


def measure(stage: Stage) -> Iterator[Figure]:
    """The best of three turns on each side: whatever else runs on the machine only takes away."""
    parley, bare = stage.parley.start(), stage.bare.start("writer", "gateway")
    ours: list[Found] = []
    theirs: list[Found] = []
    with Load(parley.plan(1, VISITORS)) as our_load, Load(bare.plan(1, VISITORS)) as their_load:
        for turn in range(1, TURNS + 1):
            stage.says(f"P2: flat out, turn {turn} of {TURNS}")
            theirs.append(their_load.round(Round(rate=None, seconds=SECONDS)))
            ours.append(our_load.round(Round(rate=None, seconds=SECONDS)))
    faults = tuple(dict.fromkeys([fault for found in ours for fault in found.faults] + parley.audited()))
    best, bare_best = (max(found.per_second for found in side) for side in (ours, theirs))
    yield Figure("P2", "messages, end to end", "/s", best, bare_best, (at_least(0.6, 0.25, times=True),), faults)
