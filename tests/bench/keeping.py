"""What a run leaves behind: `bench/latest.json` for programs, `bench/latest.svg` for eyes. Neither is committed."""

import json
import os
import platform
from collections.abc import Sequence
from html import escape
from pathlib import Path

from shared.clock import now
from tests.bench.figure import Figure, Verdict
from tests.bench.table import number

FOLDER = Path("bench")
COLOURS = {
    Verdict.reached: "#2e7d5b",
    Verdict.near: "#c98a1b",
    Verdict.short: "#c98a1b",
    Verdict.missed: "#b3372f",
    Verdict.told: "#6b7280",
}
ROW, WIDTH, LEFT, BAR = 26, 900, 330, 400


def keep(figures: Sequence[Figure]) -> Path:
    """Writes both. Rows that were not measured this time keep their last figures out of it: a file is one run."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "latest.svg").write_text(chart(figures), encoding="utf-8")
    file = FOLDER / "latest.json"
    machine = {"cpus": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    document = {"at": now().isoformat(), "machine": machine, "figures": [_plain(figure) for figure in figures]}
    file.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return file


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "row": figure.row, "name": figure.name, "unit": figure.unit, "parley": figure.parley, "ceiling": figure.ceiling,
        "ratio": figure.ratio, "goal": [str(aim) for aim in figure.aims], "ok": figure.verdict.name, "faults": figure.faults,
    }  # fmt: skip


def chart(figures: Sequence[Figure]) -> str:
    """A bar per figure that has a ceiling: the two side by side, the longer one across the whole width."""
    shown = [figure for figure in figures if figure.ceiling]
    height = ROW * (len(shown) + 1)
    bars = "".join(_bar(figure, ROW * (n + 1)) for n, figure in enumerate(shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 8}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="8" y="18" font-weight="bold">Parley (colour) beside its ceiling (grey)</text>{bars}</svg>\n'
    )


def _bar(figure: Figure, top: int) -> str:
    ceiling = figure.ceiling or 0
    longest = max(figure.parley, ceiling) or 1
    ours, theirs = (BAR * value / longest for value in (figure.parley, ceiling))
    label = escape(f"{figure.row}  {figure.name}")
    values = escape(f"{number(figure.parley)} / {number(ceiling)} {figure.unit}")
    return (
        f'<text x="8" y="{top + 16}">{label}</text>'
        f'<rect x="{LEFT}" y="{top + 4}" width="{ours:.1f}" height="8" fill="{COLOURS[figure.verdict]}"/>'
        f'<rect x="{LEFT}" y="{top + 13}" width="{theirs:.1f}" height="6" fill="#c4c9d1"/>'
        f'<text x="{LEFT + BAR + 12}" y="{top + 16}">{values}</text>'
    )
