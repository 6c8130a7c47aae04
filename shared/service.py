"""A service is data: what it decides, answers, hears, projects and does. This runs it, watches over it and drains it.

service = Service(name="routing", commands=…, events=…, deciders=(…), hears=(…), projects=(…))
if __name__ == "__main__":
    run(service)
"""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import structlog
import uvloop
from pydantic import TypeAdapter

from shared.agreement import vouch
from shared.bus import Bus, connect
from shared.catching_up import heard_all
from shared.consuming import Consumer, Effect, Running
from shared.decider import Decider
from shared.eventlog import EventLog, Trail, prepare_log
from shared.feeding import Feeds
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.logs import start_logging
from shared.messages import Command, Query
from shared.ops import Health, serve_ops
from shared.postgres import LOST, Pool, open_pool
from shared.reacting import Facts, React, Reacting
from shared.reading import (
    EventsAfter,
    Head,
    StreamEvents,
    answer_events_after,
    answer_head,
    answer_stream_events,
)
from shared.readmodel import model_version, prepare_views
from shared.relay import Relay
from shared.settings import Settings, read_settings
from shared.timers import Timers

log = structlog.get_logger()

DRAIN_SECONDS = 20
TOLD_AGAIN_SECONDS = 0.5
WORKER_SECONDS = 15  # a mail server may take its time to answer what it has been given
Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Hears:
    """A policy: own commands in answer to `source`'s events."""

    source: str
    events: TypeAdapter[Any]
    types: frozenset[str]
    react: React
    facts: Facts | None = None
    role: str = "policy"


@dataclass(frozen=True)
class Projects:
    """A projection: rows in the own read model, from `source`'s events."""

    source: str
    events: TypeAdapter[Any]
    types: frozenset[str]
    project: Effect
    role: str = "projection"


def consumer_name(service: str, heard: Hears | Projects) -> str:
    """Immutable: it is where a consumer's position is found."""
    return f"{service}_{heard.role}_{heard.source}"


@dataclass
class Parts:
    """What a running service is made of; workers and queries get it."""

    settings: Settings
    pool: Pool
    bus: Bus
    events: EventLog
    handler: CommandHandler
    locks: Locks
    health: Health
    feeds: Feeds = field(init=False)

    def __post_init__(self) -> None:
        self.feeds = Feeds(self.bus)


@dataclass(frozen=True)
class Service:
    """One service. `folder` holds `schema.sql`, its read model; `workers` run for as long as it does.

    `opens`: what workers open and cross off in `health.awaited`; without it the service is not ready.
    `asks`: queries it sends besides those that hearing takes; `orders`: whom it sends commands; both are its rights in NATS.
    `enriches`: commands that come without what only this service knows get it before they are decided.
    """

    name: str
    folder: Path
    commands: TypeAdapter[Any]
    events: TypeAdapter[Any]
    deciders: Sequence[Decider]
    queries: Mapping[type[Query], Callable[[Parts, Any], Awaitable[object]]] = field(default_factory=dict)
    hears: Sequence[Hears] = ()
    projects: Sequence[Projects] = ()
    workers: Sequence[Callable[[Parts], Awaitable[None]]] = ()
    asks: Mapping[str, Sequence[type[Query]]] = field(default_factory=dict)
    orders: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    timers: bool = False
    enriches: Mapping[type[Command], Callable[[Parts, Any], Awaitable[Command]]] = field(default_factory=dict)

    def consumers(self, handler: CommandHandler) -> list[Consumer]:
        """Its policies and projections, as consumers."""
        policies = [
            Consumer(
                consumer_name(self.name, h), h.source, h.events, h.types, Reacting(h.react, h.facts, handler),
                positions=f"{self.name}.positions", is_projection=False,
            )
            for h in self.hears
        ]  # fmt: skip
        return policies + self.projections()

    def projections(self) -> list[Consumer]:
        """Those whose position lives with the rows they write."""
        version = model_version(self)
        return [
            Consumer(consumer_name(self.name, p), p.source, p.events, p.types, p.project, version=version) for p in self.projects
        ]


def run(service: Service) -> None:
    """Runs a service until SIGTERM or SIGINT, then drains it."""
    settings = read_settings()
    start_logging(settings, service.name)
    uvloop.run(_live(service, settings))


async def _live(service: Service, settings: Settings) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    health = Health(service.name, model_version(service), set(service.opens))
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


async def start(service: Service, parts: Parts) -> list[asyncio.Task[None]]:
    """Everything a service does at the same time, begun. Answers with the tasks, none of which ends by itself."""
    tasks = _begin({"log": parts.events.run, "locks": parts.locks.run})
    await vouch(parts.settings, service.name, parts.events, parts.bus)
    await _answer(service, parts)
    await prepare_views(parts.pool, service, parts.bus)
    return tasks + _begin(_jobs(service, parts))


def _jobs(service: Service, parts: Parts) -> dict[str, Job]:
    pool, bus, locks = parts.pool, parts.bus, parts.locks
    jobs: dict[str, Job] = {"relay": Relay(parts.settings, service.name, parts.events, bus, locks).run}
    for consumer in service.consumers(parts.handler):
        jobs[consumer.name] = Running(pool, parts.feeds, locks, consumer).run
    if service.timers:
        policies = [consumer for consumer in service.consumers(parts.handler) if not consumer.is_projection]
        jobs["timers"] = Timers(pool, parts.handler, service.commands, partial(heard_all, pool, bus, policies)).run
    for worker in service.workers:
        jobs[worker.__name__] = partial(worker, parts)
    return jobs


def _begin(jobs: Mapping[str, Job]) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(_for_ever(name, job), name=name) for name, job in jobs.items()]


async def _for_ever(name: str, job: Job) -> None:
    """A job that fails begins again; what it was doing is in the database. It is told to stop until it does (`stop`).

    `cancelling()` would be no better sign: in Python 3.11 a task group that failed leaves it raised for ever.
    """
    while True:
        try:
            await job()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("job_begins_again", job=name)
        await asyncio.sleep(0.5)


async def _answer(service: Service, parts: Parts) -> None:
    name, events = service.name, parts.events

    async def decide(command: Any, trail: Trail) -> object:
        if enrich := service.enriches.get(type(command)):
            command = await enrich(parts, command)
        return {"accepted": await parts.handler.handle(command, trail)}

    async def head(_query: Head, _trail: Trail) -> object:
        return await answer_head(events)

    async def after(query: EventsAfter, _trail: Trail) -> object:
        return await answer_events_after(events, name, query)

    async def stream(query: StreamEvents, _trail: Trail) -> object:
        return await answer_stream_events(events, name, query)

    await parts.bus.serve(f"{name}.command.*", name, service.commands, decide)
    for query, answer in ((Head, head), (EventsAfter, after), (StreamEvents, stream)):
        await parts.bus.serve(f"{name}.query.{kind_of(query)}", name, TypeAdapter(query), answer)
    for kind, own in service.queries.items():

        async def reply(query: Any, _trail: Trail, own: Any = own) -> object:
            return await own(parts, query)

        await parts.bus.serve(f"{name}.query.{kind_of(kind)}", name, TypeAdapter(kind), reply)


def kind_of(query: type[Query]) -> str:
    """How NATS' subjects call it."""
    return str(query.model_fields["type"].default)


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
