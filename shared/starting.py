"""Everything a service does at the same time, begun: log, locks, read model, answers, relay, consumers, timers, workers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import structlog
from pydantic import TypeAdapter

from shared.agreement import vouch
from shared.catching_up import heard_all
from shared.consuming import Running
from shared.eventlog import Trail
from shared.reading import (
    EventsAfter,
    Head,
    StreamEvents,
    answer_events_after,
    answer_head,
    answer_stream_events,
)
from shared.readmodel import prepare_views
from shared.relay import Relay
from shared.service import Parts, Service, kind_of
from shared.timers import Timers

log = structlog.get_logger()

Job = Callable[[], Awaitable[None]]


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
