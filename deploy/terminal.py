"""What the launcher shows: every program's lines behind its coloured name, then one table."""

import os
import sys
from collections.abc import Iterable
from itertools import cycle

WIDTH = 13
COLOURS = ["36", "33", "32", "35", "34", "96", "93", "92", "95"]


class Terminal:
    def __init__(self) -> None:
        self.coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._palette = cycle(COLOURS)
        self._colour_of: dict[str, str] = {}

    def line(self, name: str, text: str) -> None:
        """One line said by that program."""
        colour = self._colour_of.get(name) or self._colour_of.setdefault(name, next(self._palette))
        print(f"{self.paint(name.ljust(WIDTH), colour)} {text}", flush=True)

    def say(self, text: str = "") -> None:
        """One line said by the launcher itself."""
        print(text, flush=True)

    def complain(self, text: str) -> None:
        print(self.paint(text, "31"), file=sys.stderr, flush=True)

    def table(self, rows: Iterable[tuple[str, ...]]) -> None:
        kept = list(rows)
        widths = [max(len(cell) for cell in column) for column in zip(*kept, strict=True)]
        for row in kept:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            print("  " + "  ".join(cells).rstrip())

    def paint(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self.coloured else text
