"""Minutes of trouble. `make faults` runs these; a failure prints its seed, PARLEY_SEED=… repeats it."""

import asyncio
import os
import random
from collections.abc import Callable, Coroutine
from time import monotonic
from typing import Any

import pytest

from deploy.audit import audit
from shared.clock import now
from shared.contracts.conversations import MarkRead
from shared.contracts.values import Author
from shared.messages import new_id
from shared.mirror import find_stream
from shared.reading import Head
from tests.examples import ana_starts, asked_by, says
from tests.faults.checking import SERVICES, check
from tests.faults.clients import Clients
from tests.faults.conftest import restart
from tests.parley import Parley
from tests.waiting import eventually

pytestmark = pytest.mark.long

NATS_IS_KILLED_FOR = 60.0
SCENARIO_SECONDS = 120.0
MANY = 100_000
Mischief = Callable[[], Coroutine[Any, Any, None]]


async def keep_talking(clients: Clients, until: asyncio.Event, found: list[str]) -> None:
    while not until.is_set():
        found.append(await clients.talk())


async def under_load(clients: Clients, seconds: float, mischief: Mischief) -> list[str]:
    """Four visitors after each other talk while mischief is done again and again. Their conversations."""
    found: list[str] = []
    done = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(keep_talking(clients, done, found))
        end = monotonic() + seconds
        while monotonic() < end:
            await mischief()
        done.set()
    return found


async def test_nats_is_killed_every_two_seconds(parley: Parley, clients: Clients) -> None:
    async def kill_nats() -> None:
        parley.nats.restart()
        await asyncio.sleep(2)  # the rhythm is the fault itself

    found = await under_load(clients, NATS_IS_KILLED_FOR, kill_nats)
    assert found, "somebody got through"
    await check(parley, clients, found)


async def test_whatever_happens(parley: Parley, clients: Clients) -> None:
    """Kills, freezes and wipes in an order drawn from a seed."""
    seed = int(os.environ.get("PARLEY_SEED", random.randrange(2**32)))
    print(f"PARLEY_SEED={seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)

    async def freeze() -> None:
        frozen = chance.choice([*parley.services.values(), parley.nats])
        frozen.pause()
        await asyncio.sleep(chance.uniform(0.5, 8))  # how long it is frozen is the fault itself
        frozen.resume()

    async def kill_service() -> None:
        await restart(parley, chance.choice(SERVICES))

    async def kill_nats() -> None:
        parley.nats.restart()

    async def wipe_nats() -> None:
        parley.nats.wipe()

    async def kill_postgres() -> None:
        parley.postgres.kill()
        parley.postgres.launch()
        await asyncio.to_thread(parley.postgres.wait_until_ready)

    async def something() -> None:
        await chance.choice([freeze, kill_service, kill_service, kill_nats, wipe_nats, kill_postgres])()
        await clients.reach(chance.randrange(1, 30))

    await check(parley, clients, await under_load(clients, SCENARIO_SECONDS, something))


async def test_a_hundred_thousand_events(parley: Parley, clients: Clients) -> None:
    """None missed: every one in the log, in the mirror, and heard by those who listen."""
    visitors = [Author(kind="visitor", id=new_id(), name="Ana Horvat") for _ in range(200)]
    conversations = {visitor.id: new_id() for visitor in visitors}
    words = MANY // len(visitors)

    async def pour(visitor: Author) -> None:
        mine = conversations[visitor.id]
        await clients.insist("conversations", ana_starts(**asked_by(visitor, now()), contact_id=visitor.id, conversation_id=mine))
        for n in range(words):
            word = says(visitor, f"{n}", conversation_id=mine, at=now())
            position = await clients.insist("conversations", word)
            if n % 100 == 0:
                read = MarkRead(**asked_by(visitor, now()), conversation_id=mine, reader="visitor", position=position or 0)
                await clients.insist("conversations", read)

    async with asyncio.TaskGroup() as group:
        for visitor in visitors:
            group.create_task(pour(visitor))
    for mine in conversations.values():
        said = [raw for raw in await clients.thread(mine) if raw.type == "message_posted"]
        assert [raw.revision for raw in said] == sorted({raw.revision for raw in said})
        assert len(said) == words + 1
    await eventually(lambda: _all_heard(clients), 120)
    assert await audit(parley.settings) == parley.never_run()


async def _all_heard(clients: Clients) -> bool:
    info = await find_stream(clients.bus.client.jetstream(), "conversations")
    head = await clients.bus.ask("conversations", Head())
    return info is not None and info.state.last_seq == head["position"] >= MANY
