"""The toy service at work: inside the test, or as a process that can be killed."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.embedded.program import Program
from shared.bus import Bus, connect
from shared.eventlog import EventLog, Trail, prepare_log
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.messages import Command, new_id
from shared.ops import Health
from shared.postgres import Pool, open_pool
from shared.process import stop
from shared.service import Parts, Service
from shared.settings import Settings
from shared.starting import start
from tests.parley import SECRET, ServiceProcess

CRASHED = 137


def trail() -> Trail:
    """Where a command of a test comes from."""
    return Trail(new_id(), new_id())


@asynccontextmanager
async def logging_to(settings: Settings, service: Service) -> AsyncIterator[tuple[EventLog, CommandHandler]]:
    """Only the log and the handler before it, without NATS."""
    pool = await open_pool(settings, service.name)
    await prepare_log(pool, service.name)
    events = EventLog(pool)
    writing = asyncio.create_task(events.run())
    try:
        yield events, CommandHandler(events, service.events, service.deciders)
    finally:
        await _end([writing], pool)


@asynccontextmanager
async def running(service: Service, settings: Settings) -> AsyncIterator[Parts]:
    """The whole service, inside the test."""
    pool = await open_pool(settings, service.name)
    await prepare_log(pool, service.name)
    client = await connect(settings, service.name)
    events = EventLog(pool)
    handler = CommandHandler(events, service.events, service.deciders)
    locks, health = Locks(settings, service.name), Health(service.name, service.model_version())
    parts = Parts(settings, pool, Bus(client), events, handler, locks, health)
    health.watch(pool, parts.bus)
    tasks = await start(service, parts)
    health.ready = True
    try:
        yield parts
    finally:
        await _end(tasks)
        await client.close()
        await locks.close()
        await _end([], pool)


async def _end(tasks: list[asyncio.Task[None]], pool: Pool | None = None) -> None:
    async with asyncio.timeout(20):
        await stop(tasks)
    if pool:
        await asyncio.wait_for(pool.close(), 10)


async def handled(parts: Parts, *commands: Command) -> list[int | None]:
    """All of them handled side by side; their positions."""
    return await asyncio.gather(*(parts.handler.handle(command, trail()) for command in commands))


class ToyProcess(ServiceProcess):
    """The toy service as a child: `python -m tests.shared.toy`."""

    def __init__(self, name: str, directory: Path, settings: Settings, follows: str = "", crash_at: str = "") -> None:
        environment = {
            "PARLEY_DATABASE_URL": settings.database_url.get_secret_value(),
            "PARLEY_NATS_URL": settings.nats_url,
            "PARLEY_SECRET": SECRET,
            **({"CRASH_AT": crash_at} if crash_at else {}),
        }
        super().__init__(name, directory, environment)
        self._follows = follows

    def program(self) -> Program:
        """How it is started."""
        arguments = [self.name, *([self._follows] if self._follows else [])]
        settings = {**self.environment, "PARLEY_OPS_PORT": str(self.ops_port)}
        return Program(self.name, (sys.executable, "-m", "tests.shared.toy", *arguments), settings)

    async def ready(self) -> None:
        """Waits without holding up the test's own event loop."""
        await asyncio.to_thread(self.wait_until_ready)

    async def ended(self) -> int:
        """Its exit status, once it has died."""
        assert self._process is not None
        status = await asyncio.to_thread(self._process.wait, 30)
        self._forget()
        return status
