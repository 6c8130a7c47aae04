"""P7: from nothing running to the first message accepted, and what everything takes while idle."""

from collections.abc import Iterator
from time import monotonic

import psutil

from tests.bench.figure import Figure, at_most
from tests.bench.load.plan import Round
from tests.bench.playing import Load
from tests.bench.stage import Stage

MEBIBYTE = 2**20


def measure(stage: Stage) -> Iterator[Figure]:
    """Once with empty databases for what has to be made, then again as an operator starts it every day."""
    stage.says("P7: first start")
    parley = stage.parley.start()
    plan = parley.plan(1, 1)
    stage.says("P7: cold start")
    seconds = _restart(stage)
    with Load(plan) as load:
        faults = load.round(Round(rate=5, seconds=1)).faults
    idle = sum(psutil.Process(pid).memory_full_info().pss for pid in _family(stage)) / MEBIBYTE
    yield Figure("P7", "cold start to first message accepted", "s", seconds, None, (at_most(5),), tuple(faults))
    yield Figure("P7", "memory idle, all processes (PSS)", "MiB", idle, None, (at_most(600),))


def _restart(stage: Stage) -> float:
    """Seconds from starting PostgreSQL, NATS and all services to the first accepted message."""
    servers = stage.parley.parley
    for service in servers.services.values():
        service.stop()
    servers.nats.stop()
    servers.postgres.stop()
    began = monotonic()
    servers.postgres.start()
    servers.nats.start()
    servers.start()
    with Load(stage.parley.plan(1, 1)):
        return monotonic() - began


def _family(stage: Stage) -> set[int]:
    servers = stage.parley.parley
    parents = [psutil.Process(server.pid) for server in (*servers.services.values(), servers.postgres, servers.nats)]
    return {process.pid for parent in parents for process in (parent, *parent.children(recursive=True))}
