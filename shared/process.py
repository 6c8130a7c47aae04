"""A service as a process: started, run until somebody stops it, drained.

if __name__ == "__main__":
    run(service)
"""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
import uvloop

from shared.bus import Bus, connect
from shared.eventlog import EventLog, prepare_log
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.logs import start_logging
from shared.ops import Health, serve_ops
from shared.postgres import LOST, Pool, open_pool
from shared.service import Parts, Service
from shared.settings import Settings, read_settings
from shared.starting import start

log = structlog.get_logger()

DRAIN_SECONDS = 20
TOLD_AGAIN_SECONDS = 0.5
WORKER_SECONDS = 15  # a mail server may take its time to answer what it has been given


def run(service: Service) -> None:
    """Runs a service until SIGTERM or SIGINT, then drains it."""
    settings = read_settings()
    start_logging(settings, service.name)
    uvloop.run(_live(service, settings))


async def _live(service: Service, settings: Settings) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    health = Health(service.name, service.model_version(), set(service.opens))
    ops = asyncio.create_task(serve_ops(settings, health))
    starting = asyncio.create_task(_started(service, settings, health))
    await _first_of(told, [starting])
    if not starting.done():
        log.info("stopped_before_ready")
        await stop(_everything_else())
        return
    parts, tasks = await starting
    _settle_memory()
    health.ready = True
    log.info("ready")
    await _first_of(told, [ops, *tasks])
    health.ready = False
    log.info("draining")
    await _drain(service, parts, tasks, ops)


async def _started(service: Service, settings: Settings, health: Health) -> tuple[Parts, list[asyncio.Task[None]]]:
    parts = await _assemble(service, settings, health)
    return parts, await start(service, parts)


def _settle_memory() -> None:
    """What a service starts with stays; searching it for cycles, every 700 objects, makes the slowest messages slower still."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def _assemble(service: Service, settings: Settings, health: Health) -> Parts:
    pool = await _patiently(lambda: open_pool(settings, service.name))
    await prepare_log(pool, service.name)
    bus = Bus(await connect(settings, service.name))
    events = EventLog(pool)
    handler = CommandHandler(events, service.events, service.deciders)
    health.watch(pool, bus)
    return Parts(settings, pool, bus, events, handler, Locks(settings, service.name), health)


def _everything_else() -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


async def _first_of(told: asyncio.Event, tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Until somebody stops the service, or one of these ends by itself."""
    stopping = asyncio.create_task(told.wait())
    await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()


async def _drain(service: Service, parts: Parts, tasks: Sequence[asyncio.Task[None]], ops: asyncio.Task[None]) -> None:
    """Takes no new request, finishes those it has, then lets go of everything. kill -9 is as safe, only less polite.

    Workers stop first: what one has begun outside it can still record.
    """
    working = {worker.__name__ for worker in service.workers}
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await stop([task for task in tasks if task.get_name() in working], WORKER_SECONDS)
            await parts.bus.drain()
    except Exception as late:
        log.warning("drain_cut_short", error=repr(late))
    await stop([*tasks, ops])
    await parts.locks.close()
    await asyncio.wait_for(parts.pool.close(), 5)


async def stop(tasks: Sequence[asyncio.Task[Any]], patience: float = TOLD_AGAIN_SECONDS) -> None:
    """Tells them, again after each `patience` seconds, until they stop.

    `asyncio.wait_for`, which nats-py stands on, forgets a cancellation when its answer comes at that moment.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=patience)
    await asyncio.gather(*tasks, return_exceptions=True)


async def _patiently(open_it: Callable[[], Awaitable[Pool]]) -> Pool:
    while True:
        try:
            return await open_it()
        except LOST as gone:
            log.warning("database_not_there", error=repr(gone))
            await asyncio.sleep(0.5)
