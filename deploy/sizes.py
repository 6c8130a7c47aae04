"""Sizes of files and functions, with their medians: `python -m deploy.sizes`.

Files have at most 300 lines and Python functions at most 40, blank lines counted. A name that says nothing about what
is inside is refused too.
"""

import ast
import sys
from pathlib import Path
from statistics import median

from deploy.repository import short, written_files

LARGEST_FILE = 300
LARGEST_FUNCTION = 40
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
ENDINGS = (".py", ".ts", ".tsx", ".sql", ".css")

Function = tuple[str, int]


def functions(file: Path) -> list[Function]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        (f"{short(file)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def is_meaningless(file: Path) -> bool:
    return file.stem.split(".")[0].lower() in MEANINGLESS


def complaints(sizes: dict[Path, int], found: list[Function]) -> list[str]:
    return [
        *(f"{short(f)} has {n} lines, {LARGEST_FILE} at most" for f, n in sizes.items() if n > LARGEST_FILE),
        *(f"{name} has {n} lines, {LARGEST_FUNCTION} at most" for name, n in found if n > LARGEST_FUNCTION),
        *(f"{short(f)}: a name should say what is inside" for f in sizes if is_meaningless(f)),
    ]


def report(title: str, sizes: list[int]) -> None:
    if sizes:
        print(f"  {title:<22} {len(sizes):>5}  median {median(sizes):>5.0f}  largest {max(sizes):>4}")


def main() -> int:
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in written_files(*ENDINGS)}
    python = [file for file in sizes if file.suffix == ".py"]
    product = [file for file in python if not short(file).startswith("tests/")]
    found = {file: functions(file) for file in python}
    report("Python files", [sizes[file] for file in product])
    report("Python functions", [n for file in product for _, n in found[file]])
    report("Test files", [sizes[file] for file in python if file not in product])
    report("Browser files", [n for file, n in sizes.items() if file.suffix in {".ts", ".tsx"}])
    wrong = complaints(sizes, [one for several in found.values() for one in several])
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
