"""Commands and queries over NATS: answers, refusals in their owner's words, and honest silence."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Annotated, Any

import orjson
import pytest
from pydantic import Field, TypeAdapter

from shared import bus
from shared.bus import Bus, connect
from shared.errors import RefusedElsewhere, Unavailable
from shared.eventlog import Trail
from shared.messages import Query, new_id
from shared.service import Parts
from shared.settings import Settings
from tests.infrastructure.tcp_proxy import TcpProxy
from tests.shared.running import running
from tests.shared.toy.jars import FULL, JarOf, break_jar, drop, toy
from tests.waiting import eventually


@pytest.fixture
async def parts(settings: Settings, service_name: str) -> AsyncIterator[Parts]:
    async with running(toy(service_name), settings) as parts:
        yield parts


async def refusal(at: Bus, service: str, message: Any) -> tuple[str, int, str | None]:
    """Code, status and detail of what the owner answers."""
    with pytest.raises(RefusedElsewhere) as no:
        await at.ask(service, message)
    problem = no.value.problem()
    return problem.code, problem.status, problem.detail


async def test_a_command_is_answered_with_its_position(parts: Parts, service_name: str) -> None:
    jar = new_id()
    assert await parts.bus.ask(service_name, drop(jar, 2)) == {"accepted": 2}
    assert await parts.bus.ask(service_name, drop(jar, 0)) == {"accepted": None}


async def test_the_trail_of_a_request_is_kept(parts: Parts, service_name: str) -> None:
    command, trail = drop(new_id()), Trail(new_id(), new_id())
    await parts.bus.ask(service_name, command, trail)
    [raw] = await parts.events.after(0, 1)
    assert (raw.correlation_id, raw.causation_id, raw.event_id) == (trail.correlation_id, trail.causation_id, command.command_id)


async def test_a_query_is_answered_from_the_read_model(parts: Parts, service_name: str) -> None:
    jar = new_id()
    await parts.bus.ask(service_name, drop(jar, 3))

    async def shows_three() -> bool:
        return await parts.bus.ask(service_name, JarOf(jar_id=jar)) == {"marbles": 3}

    await eventually(shows_three)


async def test_a_refusal_arrives_in_its_owners_words(parts: Parts, service_name: str) -> None:
    jar = new_id()
    assert await refusal(parts.bus, service_name, drop(jar, FULL + 1)) == ("jar_is_full", 409, "0 are in it")
    await parts.bus.ask(service_name, break_jar(jar))
    assert await refusal(parts.bus, service_name, drop(jar)) == ("jar_is_broken", 409, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"jar_id": "not an id"}, "jar_id"),
        ({"marbles": "many"}, "marbles"),
        ({"actor": "the cat"}, "actor"),
        ({"at": "noon"}, "at"),
        ({"type": "sing"}, "sing"),
        ({"surprise": True}, "surprise"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_a_malformed_command_is_invalid_and_says_where(
    parts: Parts, service_name: str, wrong: dict[str, Any], said: str
) -> None:
    body = drop(new_id()).model_dump(mode="json") | wrong
    reply = await parts.bus.client.request(f"{service_name}.command.drop_marbles", orjson.dumps(body), timeout=5)
    problem = orjson.loads(reply.data)["refused"]
    assert (problem["code"], problem["status"]) == ("invalid", 422)
    assert said in problem["detail"]
    assert (await parts.events.head())[0] == 0


@pytest.mark.parametrize("noise", [b"", b"\xff\x00", b"[]", b"{", b"null"])
async def test_noise_is_answered_too(parts: Parts, service_name: str, noise: bytes) -> None:
    reply = await parts.bus.client.request(f"{service_name}.command.drop_marbles", noise, timeout=5)
    assert b'"code":"invalid"' in reply.data


async def test_nobody_there_is_said_at_once(parts: Parts) -> None:
    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await parts.bus.ask("nobody", drop(new_id()))


async def test_a_question_nobody_knows_is_said_at_once(parts: Parts, service_name: str) -> None:
    class Riddle(Query):
        """What walks on four legs in the morning?"""

        type: Annotated[str, Field()] = "riddle"

    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await parts.bus.ask(service_name, Riddle())


def _divides_by_nothing() -> None:
    raise ZeroDivisionError("secret detail")


def _reads_what_it_does_not_know() -> None:
    TypeAdapter(int).validate_python("secret detail")


@pytest.mark.parametrize("bug", [_divides_by_nothing, _reads_what_it_does_not_know])
async def test_a_bug_is_answered_without_its_details(parts: Parts, service_name: str, bug: Callable[[], None]) -> None:
    async def stumble(_message: Any, _trail: Trail) -> object:
        bug()
        return {}

    await parts.bus.serve(f"{service_name}.query.stumble", service_name, TypeAdapter(dict[str, Any]), stumble)
    reply = await parts.bus.client.request(f"{service_name}.query.stumble", b"{}", timeout=5)
    assert b'"code":"unavailable"' in reply.data
    assert b"secret" not in reply.data


async def test_who_asks_while_one_drains_is_answered_or_told_at_once(settings: Settings, service_name: str) -> None:
    """What NATS was passing on as the drain began is answered too, however often one tries."""
    asking = [Bus(await connect(settings, "tests")) for _ in range(4)]

    async def agree(_message: Any, _trail: Trail) -> object:
        return {}

    async def ask_until_nobody_answers(one: Bus) -> None:
        with suppress(Unavailable):
            while True:
                await one.ask(service_name, JarOf(jar_id=new_id()))

    for _ in range(10):
        leaving = Bus(await connect(settings, "leaving"))
        await leaving.serve(f"{service_name}.query.jar_of", service_name, TypeAdapter(dict[str, Any]), agree)
        await leaving.client.flush()
        async with asyncio.timeout(bus.ANSWER_SECONDS / 2), asyncio.TaskGroup() as group:
            for one in asking * 10:
                group.create_task(ask_until_nobody_answers(one))
            await leaving.drain()
    for one in asking:
        await one.client.close()


async def test_nats_is_away_and_back(settings: Settings, service_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused clearly while it is away; the same command is accepted once it is back."""
    monkeypatch.setattr(bus, "ANSWER_SECONDS", 1.0)
    async with TcpProxy.before(settings.nats_url) as proxy:
        through = Settings.model_validate(settings.model_dump() | {"nats_url": proxy.url, "secret": settings.secret})
        async with running(toy(f"{service_name}_client", projects=None), through) as client, running(toy(service_name), settings):
            command = drop(new_id())
            proxy.refuse()
            proxy.reset()
            await eventually(lambda: not client.bus.client.is_connected)
            with pytest.raises(Unavailable):
                await client.bus.ask(service_name, command)
            proxy.heal()
            await eventually(lambda: client.bus.client.is_connected)
            first = await client.bus.ask(service_name, command)
            assert await client.bus.ask(service_name, command) == first == {"accepted": 1}
