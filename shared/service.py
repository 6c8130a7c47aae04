"""A service is data: what it decides, answers, hears, projects and does. `start` begins all that; `process` runs and ends it.

service = Service(name="routing", commands=…, events=…, deciders=(…), hears=(…), projects=(…))
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from pydantic import TypeAdapter

from shared.agreement import vouch
from shared.bus import Bus
from shared.catching_up import heard_all
from shared.consuming import Consumer, Effect, Running
from shared.decider import Decider
from shared.eventlog import EventLog, Trail
from shared.feeding import Feeds
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.messages import Command, Query
from shared.ops import Health
from shared.postgres import Pool
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
from shared.settings import Settings
from shared.timers import Timers

log = structlog.get_logger()

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
