"""The figures for a person: one table, faults below it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.figure import Figure, Verdict

COLOURS = {Verdict.reached: "green", Verdict.near: "yellow", Verdict.short: "yellow", Verdict.missed: "red", Verdict.told: "dim"}


def show(console: Console, figures: Sequence[Figure]) -> None:
    """Prints them."""
    table = Table("", "figure", title="Parley beside its ceilings, measured in the same run")
    for heading in ("Parley", "ceiling", "ratio", "goal", "ok"):
        table.add_column(heading, justify="right")
    for before, figure in zip([None, *figures], figures, strict=False):
        if before is not None and before.row != figure.row:
            table.add_section()
        verdict = f"[{COLOURS[figure.verdict]}]{figure.verdict.value}[/]"
        table.add_row(figure.row, figure.name, *_numbers(figure), verdict)
    console.print(table)
    for fault in dict.fromkeys(f"{figure.row}: {fault}" for figure in figures for fault in figure.faults):
        console.print(f"[red]✗[/red] {fault}")
    console.print("✗ a limit is broken or something was lost; near: goal missed, limit kept; short: goal missed, no limit agreed")


def _numbers(figure: Figure) -> tuple[str, str, str, str]:
    ceiling = f"{number(figure.ceiling)} {figure.unit}" if figure.ceiling is not None else ""
    ratio = f"{figure.ratio:.2f} ×" if figure.ratio is not None else ""
    return f"{number(figure.parley)} {figure.unit}", ceiling, ratio, ", ".join(map(str, figure.aims))


def number(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
