"""P4: a page of the conversation list, first and fiftieth, at a thousand and at a hundred thousand conversations."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import cycle, islice
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from tests.bench.figure import Figure, at_most
from tests.bench.filling import fill
from tests.bench.load.plan import spread
from tests.bench.stage import Stage

SMALL, LARGE = 1_000, 100_000
VIEWS = ("all_open", "mine", "unassigned", "closed")
PAGE = 50
FIRST, DEEP = 1, 50
WARM_UP, READS = 50, 400

Get = Callable[[str], Any]


def measure(stage: Stage) -> Iterator[Figure]:
    """Page 50 of a thousand conversations is their last one."""
    stage.bare.start("reader")
    stage.parley.start()
    cookie = stage.parley.cookie()
    for count in (SMALL, LARGE):
        stage.says(f"P4: {count} conversations are made")
        fill(stage.parley, count)
        stage.says(f"P4: pages of {count} conversations")
        faults = tuple(stage.parley.audited()) if count == SMALL else ()
        yield from _at(stage, count, _getter(stage.parley.parley.url, cookie), faults)


def _at(stage: Stage, count: int, get: Get, faults: tuple[str, ...]) -> Iterator[Figure]:
    floor = _getter(stage.bare.url("reader"), "")
    pages = {page: [path for view in VIEWS if (path := _path(get, view, page))] for page in (FIRST, DEEP)}
    for page, paths in pages.items():
        theirs = _timed(floor, [f"/rows/{number}" for number in range(1, 100_000, 997)])
        ours = _timed(get, paths)
        name = f"list of {count:,}, page {page}"
        yield Figure("P4", f"{name}, p50", "ms", ours.p50, theirs.p50, (), faults)
        yield Figure("P4", f"{name}, p99", "ms", ours.p99, theirs.p99, (at_most(15, 15),), faults)


def _timed(get: Get, paths: list[str]) -> Any:
    durations = []
    for path in islice(cycle(paths), WARM_UP + READS):
        began = perf_counter()
        get(path)
        durations.append(perf_counter() - began)
    return spread(durations[WARM_UP:])


def _path(get: Get, view: str, page: int) -> str | None:
    """The address of a page of a view, found as the console does: by turning pages. The last one, where there are fewer."""
    path = f"/api/conversations?view={view}&limit={PAGE}"
    for _ in range(page - 1):
        if not (following := orjson.loads(get(path))["next"]):
            break
        path = f"/api/conversations?view={view}&limit={PAGE}&after={quote(following)}"
    return path


def _getter(url: str, cookie: str) -> Get:
    """Gets over one kept connection; the standard library's, because it costs the least."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port)

    def get(path: str) -> bytes:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}")
        return body

    return get
