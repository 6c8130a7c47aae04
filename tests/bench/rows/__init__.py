"""One file per kind of figure. Each measures Parley and its ceiling by turns, so that both meet the same neighbours."""

from collections.abc import Callable, Iterator, Mapping

from tests.bench.figure import Figure
from tests.bench.rows import listing, memory, rebuilding, saturated, shown, widget
from tests.bench.stage import Stage

Row = Callable[[Stage], Iterator[Figure]]

ROWS: Mapping[str, Row] = {
    "P7": memory.measure,
    "P1": shown.measure_sending,
    "P11": shown.measure_watching,
    "P2": saturated.measure,
    "P9": widget.measure,
    "P4": listing.measure,
    "P6": rebuilding.measure,
}
"""In the order in which they are measured: from an empty database to a full one."""
