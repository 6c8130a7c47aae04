"""A service is data: what it decides, answers, hears, projects and does. `starting` begins all that, `process` runs and ends it.

service = Service(name="routing", commands=…, events=…, deciders=(…), hears=(…), projects=(…))
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from shared.bus import Bus
from shared.consuming import Consumer, Effect
from shared.decider import Decider
from shared.eventlog import EventLog
from shared.feeding import Feeds
from shared.handling import CommandHandler
from shared.locks import Locks
from shared.messages import Command, Query
from shared.ops import Health
from shared.postgres import Pool
from shared.reacting import Facts, React, Reacting
from shared.settings import Settings
from shared.sources import source_digest
from shared.timers import TIMERS_SQL

POSITIONS_SQL = """
create table positions (consumer text primary key, position bigint not null);
create table model (version text not null);
"""


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
        version = self.model_version()
        return [
            Consumer(consumer_name(self.name, p), p.source, p.events, p.types, p.project, version=version) for p in self.projects
        ]

    def model_sql(self) -> str:
        """The tables of its read model, and those its projections keep their positions in."""
        own = self.folder / "schema.sql"
        return POSITIONS_SQL + TIMERS_SQL + (own.read_text() if own.exists() else "")

    def model_version(self) -> str:
        """Changes when the read model's shape does, or anything its projections are made of: once too often rather than never."""
        version = blake2b(self.model_sql().encode(), digest_size=8)
        for projection in self.projects:
            version.update(source_digest(projection.project.__module__))
        return version.hexdigest()


def kind_of(query: type[Query]) -> str:
    """How NATS' subjects call it."""
    return str(query.model_fields["type"].default)
