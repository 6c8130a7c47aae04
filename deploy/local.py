"""Parley on one bare machine, in one terminal: `make up`.

Starts PostgreSQL, NATS and a mailbox of its own (each unless the environment names another), the six services and the
demonstration data. Ctrl-C stops the services first, then the servers; all data stays in `.parley`.
"""

import asyncio
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

from deploy.arrangement import Arrangement, PortTakenError, arrange
from deploy.embedded.program import Program
from deploy.installation import AlreadyRunningError, announce, lock, open_state, read_secrets
from deploy.leftovers import Ledger
from deploy.supervisor import Keeper, stop_all
from deploy.terminal import Terminal

DEMO_EMAIL = "ben@spoke-and-larch.example"
READY_WITHIN = 90.0  # seconds
SERVICES_STOP_WITHIN = 20.0
SERVERS_STOP_WITHIN = 15.0


class NotReadyError(Exception):
    """Something did not become ready in time; the message names it and what to look at."""


class Launcher:
    def __init__(self, plan: Arrangement, state: Path, ledger: Ledger, terminal: Terminal) -> None:
        self.plan = plan
        self.terminal = terminal
        self.servers: list[Keeper] = []
        self.services: list[Keeper] = []
        self._state = state
        self._ledger = ledger

    async def start(self) -> None:
        """Returns once visitors can be served. NotReadyError otherwise."""
        await asyncio.gather(self._start_database(), self._start_nats(), self._start_mailbox())
        for program in self.plan.services():
            self.services.append(self._keep(program))
        ready = [f"http://127.0.0.1:{port}/readyz" for port in self.plan.ops_ports.values()]
        await asyncio.gather(*(self._answered(url) for url in [*ready, f"{self.plan.local_url}/readyz"]))

    async def seed(self) -> None:
        """The demonstration data; once is enough, and again does no harm."""
        program = self.plan.demo()
        process = await asyncio.create_subprocess_exec(
            *program.command_line(), env=program.full_environment(), start_new_session=True
        )
        if await process.wait() != 0:
            self.terminal.complain("The demonstration data could not be written; see the lines above.")

    async def stop(self) -> None:
        await stop_all(self.services, SERVICES_STOP_WITHIN)
        await stop_all(self.servers, SERVERS_STOP_WITHIN)

    def kill(self) -> None:
        for keeper in [*self.services, *self.servers]:
            keeper.kill()

    async def _start_database(self) -> None:
        if (cluster := self.plan.database) is not None:
            await asyncio.to_thread(cluster.prepare)
            keeper = self._serve(cluster.program())
            await self._until(lambda: cluster.is_ready(keeper.pid), keeper)

    async def _start_nats(self) -> None:
        if (server := self.plan.nats) is not None:
            await self._until(server.is_ready, self._serve(server.program()))

    async def _start_mailbox(self) -> None:
        if (mailbox := self.plan.mailbox) is not None:
            await self._until(mailbox.is_ready, self._serve(mailbox.program()))

    def _serve(self, program: Program) -> Keeper:
        logs = self._state / "logs"
        logs.mkdir(exist_ok=True)
        log_file = logs / f"{program.name}.log"
        log_file.unlink(missing_ok=True)
        keeper = self._keep(program, log_file)
        self.servers.append(keeper)
        return keeper

    def _keep(self, program: Program, log_file: Path | None = None) -> Keeper:
        keeper = Keeper(program, self.terminal, self._ledger, log_file)
        keeper.start()
        return keeper

    async def _until(self, is_ready: Callable[[], bool], keeper: Keeper) -> None:
        async def asked() -> bool:
            return await asyncio.to_thread(is_ready)

        if not await comes_true(asked):
            said = "\n".join(keeper.last_lines)
            raise NotReadyError(f"{keeper.program.name} is not ready after {READY_WITHIN:.0f} s.\n{said}")

    async def _answered(self, url: str) -> None:
        async def asked() -> bool:
            return await asyncio.to_thread(answers, url)

        if not await comes_true(asked):
            raise NotReadyError(f"{url} is not ready after {READY_WITHIN:.0f} s; see the lines above.")


async def comes_true(question: Callable[[], Awaitable[bool]]) -> bool:
    give_up = time.monotonic() + READY_WITHIN
    while not await question():
        if time.monotonic() > give_up:
            return False
        await asyncio.sleep(0.05)
    return True


def answers(url: str) -> bool:
    """Whether that address says 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def show_addresses(launcher: Launcher, password: str, seconds: float) -> None:
    plan, terminal = launcher.plan, launcher.terminal
    rows = [("service", "health and metrics")]
    rows += [(name, f"http://127.0.0.1:{port}") for name, port in plan.ops_ports.items()]
    rows += [(server.program.name, f"log in {server.log_file}") for server in launcher.servers]
    terminal.say()
    terminal.table(rows)
    terminal.say()
    terminal.say(f"Parley is ready after {seconds:.1f} s.")
    terminal.table(
        [
            ("Agents", plan.public_url),
            ("A page with the widget", f"{plan.public_url}/demo"),
            *([("Mails sent", plan.mailbox.web_url)] if plan.mailbox else []),
        ]
    )
    if plan.demo_wanted:
        terminal.say(f"Sign in: {DEMO_EMAIL} / {password}")
    terminal.say("Ctrl-C stops it; the data stays.")


async def run(launcher: Launcher, password: str) -> int:
    """The exit status: 0 after Ctrl-C, 1 when it never became ready."""
    began = time.monotonic()
    asked_to_stop = listen_for_signals(launcher)
    starting = asyncio.create_task(bring_up(launcher, password, began))
    waiting = asyncio.create_task(asked_to_stop.wait())
    await asyncio.wait([starting, waiting], return_when=asyncio.FIRST_COMPLETED)
    failed = None
    if starting.done() and (failed := starting.exception()) is None:
        await waiting
    starting.cancel()
    waiting.cancel()
    if failed is not None:
        launcher.terminal.complain(str(failed))
    launcher.terminal.say("\nStopping the services, then the servers.")
    await launcher.stop()
    return 0 if failed is None else 1


async def bring_up(launcher: Launcher, password: str, began: float) -> None:
    await launcher.start()
    if launcher.plan.demo_wanted:
        await launcher.seed()
    show_addresses(launcher, password, time.monotonic() - began)


def listen_for_signals(launcher: Launcher) -> asyncio.Event:
    """Set at the first request to stop; a second one does not wait for anybody."""
    stop = asyncio.Event()

    def asked() -> None:
        if stop.is_set():
            launcher.kill()
        stop.set()

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, asked)
    return stop


def main() -> int:
    terminal = Terminal()
    state = open_state(os.environ)
    try:
        held = lock(state)
        ledger = Ledger(state)
        if count := ledger.end_leftovers():
            terminal.say(f"Ended {count} programs left over from a run that was killed.")
        secrets = read_secrets(state, os.environ)
        plan = arrange(state, secrets)
    except AlreadyRunningError:
        terminal.complain(f"Parley is already running from {state}.")
        return 2
    except PortTakenError as taken:
        terminal.complain(str(taken))
        return 2
    with held:
        announced = announce(state, plan.settings)
        try:
            return asyncio.run(run(Launcher(plan, state, ledger, terminal), secrets.demo_password))
        finally:
            announced.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
