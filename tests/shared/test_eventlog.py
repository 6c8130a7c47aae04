"""The log: gapless, in commit order, one effect per command."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import asyncpg
import pytest

from shared.errors import CommandIdReused, Conflict, Invalid, Unavailable
from shared.eventlog import EVENT_BYTES, Append, EventLog, Repeated
from shared.handling import CommandHandler
from shared.messages import new_id
from shared.settings import Settings
from tests.examples import NOON
from tests.infrastructure.tcp_proxy import TcpProxy
from tests.shared.running import logging_to, trail
from tests.shared.toy.jars import FULL, DropMarbles, JarIsBroken, JarIsFull, MarbleDropped, break_jar, drop, toy

Log = tuple[EventLog, CommandHandler]


@pytest.fixture
async def log(settings: Settings, service_name: str) -> AsyncIterator[Log]:
    async with logging_to(settings, toy(service_name)) as both:
        yield both


async def positions(events: EventLog) -> list[int]:
    return [raw.position for raw in await events.after(0, 10_000)]


async def test_events_get_their_place_in_the_log_and_in_their_stream(log: Log) -> None:
    events, handler = log
    one, two = new_id(), new_id()
    assert await handler.handle(drop(one, 2), trail()) == 2
    assert await handler.handle(drop(two), trail()) == 3
    assert await handler.handle(drop(one), trail()) == 4
    found = [(raw.position, raw.stream_id[4:], raw.revision) for raw in await events.after(0, 10)]
    assert found == [(1, one, 1), (2, one, 2), (3, two, 1), (4, one, 3)]
    assert [raw.revision for raw in await events.stream(f"jar-{one}", after=1)] == [2, 3]
    assert (await events.head())[0] == 4


async def test_writers_in_many_places_leave_no_hole_at_any_moment(settings: Settings, service_name: str) -> None:
    """Four logs, each with a pool and a cache of its own, write to the same few jars; a reader polls all the while."""
    jars = [new_id() for _ in range(4)]
    seen: list[int] = []

    async def tail(events: EventLog, until: asyncio.Event) -> None:
        while not until.is_set() or len(seen) < (await events.head())[0]:
            seen.extend([raw.position for raw in await events.after(seen[-1] if seen else 0, 50)])

    async def write(handler: CommandHandler, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(40):
            await asyncio.gather(*(insist(handler, drop(chance.choice(jars), chance.randint(1, 3))) for _ in range(3)))

    async with AsyncExitStack() as stack:
        logs = [await stack.enter_async_context(logging_to(settings, toy(service_name))) for _ in range(5)]
        reader, done = logs[0][0], asyncio.Event()
        tailing = asyncio.create_task(tail(reader, done))
        await asyncio.gather(*(write(handler, seed) for seed, (_, handler) in enumerate(logs[1:])))
        done.set()
        await tailing
        assert seen == list(range(1, (await reader.head())[0] + 1))
        for jar in jars:
            revisions = [raw.revision for raw in await reader.stream(f"jar-{jar}")]
            assert revisions == list(range(1, len(revisions) + 1))


async def insist(handler: CommandHandler, command: DropMarbles) -> None:
    """Asks again, with the same id, for as long as others are always faster."""
    while True:
        try:
            await handler.handle(command, trail())
        except Unavailable:
            continue
        return


async def test_two_instances_at_one_busy_stream_refuse_nobody(settings: Settings, service_name: str) -> None:
    """A desk is one stream: its two instances must get along under load."""
    jar = new_id()
    async with logging_to(settings, toy(service_name)) as (events, here), logging_to(settings, toy(service_name)) as (_, there):
        await asyncio.gather(*(handler.handle(drop(jar), trail()) for handler in (here, there) * 150))
        assert await positions(events) == list(range(1, 301))


async def test_commands_that_wait_together_commit_together(log: Log) -> None:
    events, handler = log
    await asyncio.gather(*(handler.handle(drop(new_id()), trail()) for _ in range(50)))
    moments = {raw.recorded_at for raw in await events.after(0, 100)}
    assert await positions(events) == list(range(1, 51))
    assert len(moments) < 10, "one transaction for many commands"


async def test_one_refused_append_does_not_take_the_others_along(log: Log) -> None:
    events, handler = log
    jar, earlier = new_id(), drop(new_id())
    await handler.handle(earlier, trail())
    marble = MarbleDropped(at=NOON, jar_id=jar, marbles=1, colour="blue")
    wanted = [
        Append(f"jar-{jar}", 0, drop(jar), [marble], trail()),
        Append(f"jar-{earlier.jar_id}", 0, drop(earlier.jar_id), [marble], trail()),
        Append(f"jar-{new_id()}", 0, earlier, [marble], trail()),
        Append(f"jar-{new_id()}", 0, drop(new_id()), [marble], trail()),
    ]
    first, conflict, repeated, last = await asyncio.gather(*(events.append(a) for a in wanted), return_exceptions=True)
    assert isinstance(conflict, Conflict)
    assert isinstance(repeated, Repeated)
    assert (first, last) == (2, 3)
    assert await positions(events) == [1, 2, 3]


async def test_an_event_no_mirror_could_take_is_refused_and_takes_nothing_along(log: Log) -> None:
    _, handler = log
    large = asyncio.create_task(handler.handle(drop(new_id(), colour="x" * EVENT_BYTES), trail()))
    usual = asyncio.create_task(handler.handle(drop(new_id()), trail()))
    with pytest.raises(Invalid, match="at most 500,000 bytes"):
        await large
    assert await usual == 1


async def test_fifty_equal_commands_at_once_have_one_effect_and_one_answer(log: Log) -> None:
    events, handler = log
    command = drop(new_id(), 2)
    answers = await asyncio.gather(*(handler.handle(command, trail()) for _ in range(50)))
    assert set(answers) == {2}
    assert await positions(events) == [1, 2]


async def test_equal_commands_at_two_instances_have_one_effect(settings: Settings, service_name: str) -> None:
    async with logging_to(settings, toy(service_name)) as (events, here), logging_to(settings, toy(service_name)) as (_, there):
        command = drop(new_id(), 2)
        answers = await asyncio.gather(*(handler.handle(command, trail()) for handler in (here, there) * 20))
        assert set(answers) == {2}
        assert await positions(events) == [1, 2]


async def test_a_repeat_gets_the_old_answer_even_when_it_would_be_refused_now(log: Log) -> None:
    _, handler = log
    command = drop(new_id())
    assert await handler.handle(command, trail()) == 1
    assert await handler.handle(break_jar(command.jar_id), trail()) == 2
    assert await handler.handle(command, trail()) == 1
    with pytest.raises(JarIsBroken):
        await handler.handle(drop(command.jar_id), trail())


async def test_a_repeat_may_differ_in_its_circumstances_only(log: Log) -> None:
    _, handler = log
    command = drop(new_id())
    await handler.handle(command, trail())
    assert await handler.handle(command.model_copy(update={"colour": "red"}), trail()) == 1
    with pytest.raises(CommandIdReused):
        await handler.handle(command.model_copy(update={"marbles": 2}), trail())
    with pytest.raises(CommandIdReused):
        await handler.handle(command.model_copy(update={"jar_id": new_id()}), trail())
    with pytest.raises(CommandIdReused):
        await handler.handle(break_jar(command.jar_id, command_id=command.command_id), trail())


async def test_a_refused_or_needless_command_leaves_nothing(log: Log) -> None:
    events, handler = log
    with pytest.raises(JarIsFull):
        await handler.handle(drop(new_id(), FULL + 1), trail())
    assert await handler.handle(drop(new_id(), 0), trail()) is None
    assert await events.head() == (0, (await events.head())[1])


async def test_a_writer_killed_in_its_transaction_leaves_no_hole(log: Log, settings: Settings, service_name: str) -> None:
    """Its numbers are taken, then its connection is gone: the next writer gets the same numbers."""
    events, handler = log
    await handler.handle(drop(new_id()), trail())
    doomed = await asyncpg.connect(settings.database_url.get_secret_value())
    await doomed.execute(f"begin; update {service_name}.log_head set position = position + 7")
    waiting = asyncio.create_task(handler.handle(drop(new_id()), trail()))
    await events.pool.execute("select pg_terminate_backend($1)", doomed.get_server_pid())
    assert await waiting == 2
    doomed.terminate()


async def test_the_answer_to_a_commit_is_lost(settings: Settings, service_name: str) -> None:
    """Unavailable is all the caller hears; asking again with the same id tells whether it was committed."""
    url = settings.database_url.get_secret_value()
    async with TcpProxy.before(url) as proxy:
        through = Settings.model_validate(settings.model_dump() | {"database_url": proxy.url, "secret": settings.secret})
        async with logging_to(through, toy(service_name)) as (events, handler):
            jar = new_id()
            assert await handler.handle(drop(jar), trail()) == 1
            command = drop(jar)
            proxy.cut_after(1)
            with pytest.raises(Unavailable):
                await handler.handle(command, trail())
            proxy.heal()
            assert await handler.handle(command, trail()) == 2
            assert await handler.handle(drop(jar), trail()) == 3
            assert await positions(events) == [1, 2, 3]


async def test_the_database_is_away(settings: Settings, service_name: str) -> None:
    """A refusal within seconds, nothing kept, and all is well as soon as it is back."""
    async with TcpProxy.before(settings.database_url.get_secret_value()) as proxy:
        through = Settings.model_validate(settings.model_dump() | {"database_url": proxy.url, "secret": settings.secret})
        async with logging_to(through, toy(service_name)) as (events, handler):
            proxy.refuse()
            proxy.reset()
            with pytest.raises(Unavailable):
                await handler.handle(drop(new_id()), trail())
            proxy.heal()
            assert await handler.handle(drop(new_id()), trail()) == 1
            assert await positions(events) == [1]
