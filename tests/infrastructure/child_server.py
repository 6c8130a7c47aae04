"""A server as our child: started, stopped, killed, frozen, emptied."""

import abc
import os
import shutil
import subprocess
import time
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, Signals
from types import TracebackType
from typing import IO, Self

import psutil

from deploy.embedded.program import Program


class ServerDidNotStartError(Exception):
    """The server ended, or was silent for too long; the message holds the end of its log."""


class ChildServer(abc.ABC):
    """Keeps its port and its data over kill and start. Start it from the main thread: it dies with the thread."""

    patience = 20.0  # seconds until it must be ready, or gone

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    @property
    @abc.abstractmethod
    def url(self) -> str: ...

    @abc.abstractmethod
    def program(self) -> Program: ...

    @abc.abstractmethod
    def is_ready(self) -> bool: ...

    @property
    def log_file(self) -> Path:
        return self.directory / f"{type(self).__name__.lower()}.log"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ProcessLookupError("The server is not running.")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Returns once it accepts connections. ServerDidNotStartError otherwise."""
        if not self.running:
            self.launch()
            self.wait_until_ready()
        return self

    def launch(self) -> None:
        """Starts it without waiting."""
        program = self.program()
        self.directory.mkdir(parents=True, exist_ok=True)
        self._log = self.log_file.open("ab")
        self._process = subprocess.Popen(
            program.command_line(),
            env=program.full_environment(),
            cwd=program.directory,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_until_ready(self) -> None:
        give_up = time.monotonic() + self.patience
        while not self.is_ready():
            if not self.running or time.monotonic() > give_up:
                raise ServerDidNotStartError(self.logs()[-2000:])
            time.sleep(0.01)

    def logs(self) -> str:
        return self.log_file.read_text(errors="replace")

    def stop(self) -> None:
        """In its own polite way; nothing happens when it is not running."""
        if self.running:
            self.kill(self.program().stop_signal)
        self._forget()

    def kill(self, with_signal: Signals = SIGKILL) -> None:
        """Returns once it is gone. SIGKILL takes its children along, as a power cut would."""
        if not self.running or self._process is None:
            return
        family = self._family()
        self._process.send_signal(with_signal)
        if with_signal == SIGKILL:
            signal_all(family[1:], SIGKILL)
        self._process.wait(self.patience)
        psutil.wait_procs(family[1:], self.patience)
        self._forget()

    def restart(self, with_signal: Signals = SIGKILL) -> None:
        self.kill(with_signal)
        self.start()

    def pause(self) -> None:
        """Freezes it and its children: connections stay open, nobody answers."""
        signal_all(self._family(), SIGSTOP)

    def resume(self) -> None:
        signal_all(self._family(), SIGCONT)

    def wipe(self) -> None:
        """Throws all its data away and starts it empty, on the same port."""
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _family(self) -> list[psutil.Process]:
        itself = psutil.Process(self.pid)
        return [itself, *itself.children(recursive=True)]

    def _forget(self) -> None:
        self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None


def signal_all(processes: list[psutil.Process], sign: Signals) -> None:
    for process in processes:
        try:
            os.kill(process.pid, sign)
        except ProcessLookupError:
            continue  # it ended by itself meanwhile
