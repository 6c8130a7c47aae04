"""What the import rules cannot see in a decider or a policy: the clock and the dice reached through a harmless import.

`datetime.now()` and `uuid4()` come from modules a decider may well need for their types. So the calls are refused.
"""

import ast
import sys
from pathlib import Path

from deploy.install import ROOT

PURE = ["services/*/decider.py", "services/*/deciders/**/*.py", "services/*/policy.py", "services/*/strategies.py",
        "services/*/flow.py"]  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "open", "print", "input", "getenv"}


def pure_files(root: Path) -> list[Path]:
    return sorted(file for pattern in PURE for file in root.glob(pattern))


def impure_calls(source: str) -> list[tuple[int, str]]:
    """Line and name of each call that asks the outside world; and of each `async def`, which would wait for it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := called(node)) in IMPURE_CALLS:
            found.append((node.lineno, f"{name}()"))
        if isinstance(node, ast.AsyncFunctionDef):
            found.append((node.lineno, f"async def {node.name}"))
    return found


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def main() -> int:
    wrong = [
        f"{file.relative_to(ROOT)}:{line} {what}: time, ids and chance come in with the command"
        for file in pure_files(ROOT)
        for line, what in impure_calls(file.read_text(encoding="utf-8"))
    ]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
