"""What to run and how it likes to be stopped: data for the launcher's supervisor and for the tests' servers."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Program:
    """`environment` is added to our own. `death_signal` is what it gets when we vanish without a word."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path | None = None
    stop_signal: Signals = SIGTERM
    death_signal: Signals = SIGKILL
    never_root: bool = False

    def command_line(self) -> list[str]:
        """The command, wrapped so that it dies with this process; its pid is the wrapped program's own."""
        user = "nobody" if self.never_root else "self"
        fate = [str(os.getpid()), str(int(self.death_signal)), user]
        return [sys.executable, "-I", str(CHILD), *fate, *self.command]

    def full_environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}
