"""Decider, policy and projection of the toy service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from shared.consuming import Effect
from shared.decider import Decider
from shared.envelope import Recorded
from shared.errors import Refused
from shared.messages import Command, Event, Id, Query, derived_id, new_id
from shared.postgres import Connection
from shared.service import Hears, Parts, Projects, Service
from tests.examples import NOON

FULL = 1000


class JarIsFull(Refused):
    """No more marbles fit into this jar."""


class JarIsBroken(Refused):
    """This jar is in pieces."""


class DropMarbles(Command):
    """Some marbles, one event each; none: nothing to do. More than a jar holds is refused. `colour` is a circumstance."""

    circumstances = frozenset({"at", "colour"})
    type: Literal["drop_marbles"] = "drop_marbles"
    jar_id: Id
    marbles: int = 1
    colour: str = "blue"


class BreakJar(Command):
    """The jar breaks, once."""

    type: Literal["break_jar"] = "break_jar"
    jar_id: Id


class MarbleDropped(Event):
    """One more marble; `marbles` are in the jar now."""

    type: Literal["marble_dropped"] = "marble_dropped"
    jar_id: Id
    marbles: int
    colour: str


class JarBroken(Event):
    """The jar is in pieces."""

    type: Literal["jar_broken"] = "jar_broken"
    jar_id: Id


class JarAnswer(BaseModel):
    """What a jar holds."""

    marbles: int | None


class JarOf(Query):
    """How many marbles are in it, by the read model?"""

    answer = JarAnswer
    type: Literal["jar_of"] = "jar_of"
    jar_id: Id


COMMANDS: TypeAdapter[Any] = TypeAdapter(Annotated[DropMarbles | BreakJar, Field(discriminator="type")])
EVENTS: TypeAdapter[Any] = TypeAdapter(Annotated[MarbleDropped | JarBroken, Field(discriminator="type")])
TYPES = frozenset({"marble_dropped", "jar_broken"})


@dataclass(frozen=True)
class Jar:
    marbles: int = 0
    broken: bool = False


def decide(command: DropMarbles | BreakJar, jar: Jar) -> Sequence[Event]:
    if jar.broken:
        raise JarIsBroken
    if isinstance(command, BreakJar):
        return [JarBroken(at=command.at, jar_id=command.jar_id)]
    if jar.marbles + command.marbles > FULL:
        raise JarIsFull(f"{jar.marbles} are in it")
    return [
        MarbleDropped(at=command.at, jar_id=command.jar_id, marbles=jar.marbles + n, colour=command.colour)
        for n in range(1, command.marbles + 1)
    ]


def evolve(jar: Jar, event: MarbleDropped | JarBroken) -> Jar:
    if isinstance(event, JarBroken):
        return replace(jar, broken=True)
    assert event.marbles == jar.marbles + 1, "folded twice, or one is missing"
    return replace(jar, marbles=event.marbles)


DECIDER = Decider(
    commands=(DropMarbles, BreakJar), stream_of=lambda c: f"jar-{c.jar_id}", initial=Jar(), decide=decide, evolve=evolve
)


async def project(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Counts, and notes every event it has seen."""
    for recorded in batch:
        event = recorded.event
        await connection.execute("insert into seen values ($1, $2, $3)", recorded.position, event.jar_id, event.type)
        await connection.execute(
            "insert into jars values ($1, $2, $3) on conflict (jar_id) do update "
            "set marbles = jars.marbles + excluded.marbles, broken = jars.broken or excluded.broken",
            event.jar_id, int(event.type == "marble_dropped"), event.type == "jar_broken",
        )  # fmt: skip


def react(recorded: Recorded[Any], _facts: Any) -> Sequence[Command]:
    """Whatever happens to somebody's jar happens to one's own jar of the same id."""
    event = recorded.event
    meta: dict[str, Any] = {"command_id": derived_id(recorded.event_id, "toy"), "at": event.at, "actor": "service:toy"}
    if isinstance(event, JarBroken):
        return [BreakJar(**meta, jar_id=event.jar_id)]
    return [DropMarbles(**meta, jar_id=event.jar_id, colour=event.colour)]


async def answer_jar(parts: Parts, query: JarOf) -> dict[str, object]:
    found = await parts.pool.fetchval("select marbles from jars where jar_id = $1", query.jar_id)
    return {"marbles": found}


def toy(name: str, *, follows: str = "", projects: Effect | None = project, decider: Decider = DECIDER, **more: Any) -> Service:
    """A service of that name. It projects its own events, and copies those of the service it `follows`."""
    return Service(
        name=name,
        folder=Path(__file__).parent,
        commands=COMMANDS,
        events=EVENTS,
        deciders=(decider,),
        queries={JarOf: answer_jar},
        hears=(Hears(follows, EVENTS, TYPES, react),) if follows else (),
        projects=(Projects(name, EVENTS, TYPES, projects),) if projects else (),
        **{"timers": True} | more,
    )


def drop(jar_id: str, marbles: int = 1, **changes: Any) -> DropMarbles:
    """Some marbles for a jar."""
    return DropMarbles(**_asked(jar_id) | {"marbles": marbles} | changes)


def break_jar(jar_id: str, **changes: Any) -> BreakJar:
    """The end of a jar."""
    return BreakJar(**_asked(jar_id) | changes)


def _asked(jar_id: str) -> dict[str, Any]:
    return {"command_id": new_id(), "at": NOON, "actor": "service:tests", "jar_id": jar_id}
