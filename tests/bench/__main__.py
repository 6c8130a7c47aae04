"""`python -m tests.bench [ROW…]`."""

import sys
from time import monotonic

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tests.bench.figure import Figure, Verdict
from tests.bench.keeping import keep
from tests.bench.rows import ROWS
from tests.bench.stage import Stage
from tests.bench.table import number, show


def main(wanted: list[str]) -> int:
    """Measures these rows, all when none is named."""
    console = Console()
    if unknown := [name for name in wanted if name not in ROWS]:
        console.print(f"There is no row {', '.join(unknown)}; the rows are {', '.join(ROWS)}.")
        return 2
    began = monotonic()
    figures = measure([name for name in ROWS if not wanted or name in wanted], console)
    show(console, figures)
    console.print(f"{monotonic() - began:.0f} s; kept in {keep(figures)}")
    return int(any(figure.verdict is Verdict.missed for figure in figures))


def measure(rows: list[str], console: Console) -> list[Figure]:
    """The figures of these rows, each printed as soon as it is known."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    figures: list[Figure] = []
    with Progress(*columns, console=console, transient=True) as progress, Stage(progress) as stage:
        for row in rows:
            for figure in ROWS[row](stage):
                figures.append(figure)
                console.print(f"{row:>4}  {figure.name}: {number(figure.parley)} {figure.unit}", highlight=False)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
