"""Keeps programs running: starts them again when they end, shows what they say, stops them in order."""

import asyncio
import os
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import deque
from pathlib import Path
from signal import SIGKILL

from deploy.embedded.program import Program
from deploy.leftovers import Ledger
from deploy.terminal import Terminal

FIRST_DELAY = 0.5  # seconds before the first restart; doubled each time
LONGEST_DELAY = 15.0
STEADY_AFTER = 30.0  # seconds; after that long a run an end counts as the first again
LONGEST_LINE = 1 << 20


class Keeper:
    """Keeps one program running until told to stop. `log_file`: its lines go there instead of the terminal."""

    def __init__(self, program: Program, terminal: Terminal, ledger: Ledger, log_file: Path | None = None) -> None:
        self.program = program
        self.restarts = 0
        self.last_lines: deque[str] = deque(maxlen=20)
        self._terminal = terminal
        self._ledger = ledger
        self.log_file = log_file
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """0 while it is not running."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        self._work = asyncio.create_task(self._keep_running(), name=self.program.name)

    async def stop(self, patience: float) -> None:
        """Asks politely, waits so many seconds, then kills."""
        self._stopping.set()
        if self._work is None:
            return
        self._send(self.program.stop_signal)
        done, _ = await asyncio.wait([self._work], timeout=patience)
        if not done:
            self._terminal.line(self.program.name, f"did not stop in {patience:.0f} s and is killed")
            self.kill()
        await self._work

    def kill(self) -> None:
        self._stopping.set()
        self._send(SIGKILL)

    async def _keep_running(self) -> None:
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            began = time.monotonic()
            status = await self._run_once()
            if self._stopping.is_set():
                return
            delay = FIRST_DELAY if time.monotonic() - began > STEADY_AFTER else delay
            self._tell_of_the_end(status, delay)
            self.restarts += 1
            await self._pause(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _run_once(self) -> int:
        """The exit status; below zero for a signal."""
        process = await asyncio.create_subprocess_exec(
            *self.program.command_line(),
            env=self.program.full_environment(),
            cwd=self.program.directory,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            limit=LONGEST_LINE,
            start_new_session=True,  # Ctrl-C in the terminal reaches the launcher alone
        )
        self._process = process
        self._ledger.add(process.pid, self.program.death_signal)
        if self._stopping.is_set():
            self._send(self.program.stop_signal)
        await self._pass_on(process)
        status = await process.wait()
        self._process = None
        self._ledger.remove(process.pid)
        return status

    async def _pass_on(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - it is a pipe, as asked for
        while raw := await next_line(process.stdout):
            text = raw.decode(errors="replace").rstrip()
            self.last_lines.append(text)
            if self.log_file is None:
                self._terminal.line(self.program.name, text)
            else:
                with self.log_file.open("a") as log:
                    log.write(f"{text}\n")

    def _tell_of_the_end(self, status: int, delay: float) -> None:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self._terminal.line(self.program.name, f"{how}; starting it again in {delay:g} s")
        if self.log_file is not None:
            for text in list(self.last_lines)[-5:]:
                self._terminal.line(self.program.name, text)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _send(self, sign: int) -> None:
        if self._process is not None:
            try:
                os.kill(self._process.pid, sign)
            except ProcessLookupError:
                return  # it ended this very moment


async def next_line(stream: asyncio.StreamReader) -> bytes:
    """Empty at the end. A line longer than the limit comes in pieces instead of ending the reading."""
    try:
        return await stream.readuntil()
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError as overrun:
        return await stream.read(overrun.consumed)


async def stop_all(keepers: list[Keeper], patience: float) -> None:
    await asyncio.gather(*(keeper.stop(patience) for keeper in keepers))
