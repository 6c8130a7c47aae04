"""A load, played in a process of its own, round by round."""

import subprocess
import sys
from types import TracebackType
from typing import Self

from tests.bench.load.plan import Found, Plan, Round


class LoadFailed(Exception):
    """The load process ended; its traceback is above."""


class Load:
    """Visitors and agents at their sockets; idle between rounds."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.load"]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._tell(self._plan.model_dump_json())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._child.kill()
        self._child.communicate()

    def round(self, wanted: Round) -> Found:
        """What one round showed. Raises LoadFailed."""
        return Found.model_validate_json(self._tell(wanted.model_dump_json()))

    def _tell(self, line: str) -> str:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        if not (answer := self._child.stdout.readline()):
            raise LoadFailed
        return answer
