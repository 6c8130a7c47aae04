"""Programs a killed launcher left behind: found by process id *and* start time, so a stranger is never hit."""

import json
import os
import time
from pathlib import Path
from signal import SIGKILL, Signals

PATIENCE = 10.0  # seconds for a database to write down what it has


class Ledger:
    """The programs running now, on disk."""

    def __init__(self, state: Path) -> None:
        self._file = state / "running.json"
        self._entries: dict[int, tuple[int, int]] = {}

    def add(self, pid: int, death_signal: Signals) -> None:
        self._entries[pid] = (started_at(pid), int(death_signal))
        self._write()

    def remove(self, pid: int) -> None:
        self._entries.pop(pid, None)
        self._write()

    def end_leftovers(self) -> int:
        """How many there were. Each gets the signal it would have got, and in the end SIGKILL."""
        if not self._file.exists():
            return 0
        found = [Entry(*entry) for entry in json.loads(self._file.read_text())]
        alive = [entry for entry in found if entry.is_alive()]
        for entry in alive:
            os.kill(entry.pid, entry.death_signal)
        wait_for_end(alive)
        self._write()
        return len(alive)

    def _write(self) -> None:
        rows = [(pid, *facts) for pid, facts in self._entries.items()]
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(rows))
        fresh.replace(self._file)


class Entry:
    def __init__(self, pid: int, started: int, death_signal: int) -> None:
        self.pid, self.started, self.death_signal = pid, started, death_signal

    def is_alive(self) -> bool:
        return self.started == started_at(self.pid) != 0


def wait_for_end(entries: list[Entry]) -> None:
    give_up = time.monotonic() + PATIENCE
    while any(entry.is_alive() for entry in entries) and time.monotonic() < give_up:
        time.sleep(0.05)
    for entry in entries:
        if entry.is_alive():
            os.kill(entry.pid, SIGKILL)


def started_at(pid: int) -> int:
    """In clock ticks since the machine's start; 0 for a process that is gone or only waits to be buried."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if status[0] == "Z" else int(status[19])
