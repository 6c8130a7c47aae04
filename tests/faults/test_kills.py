"""kill -9 in the middle of the main job: of a service, of NATS, of its store, of PostgreSQL."""

import asyncio

import pytest

from tests.faults.checking import SERVICES, check
from tests.faults.clients import Clients
from tests.faults.conftest import restart
from tests.parley import Parley
from tests.waiting import eventually

CONVERSATIONS = 6


@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_is_killed(parley: Parley, clients: Clients, name: str) -> None:
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await clients.reach(CONVERSATIONS * 2)
        await restart(parley, name)
    await check(parley, clients, [talk.result() for talk in talks])


async def test_nats_is_killed(parley: Parley, clients: Clients) -> None:
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await clients.reach(CONVERSATIONS * 2)
        parley.nats.kill()
        await eventually(lambda: clients.refused > 0)
        parley.nats.start()
    await check(parley, clients, [talk.result() for talk in talks])


async def test_nats_loses_everything_it_had(parley: Parley, clients: Clients) -> None:
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await clients.reach(CONVERSATIONS * 2)
        parley.nats.wipe()
    await check(parley, clients, [talk.result() for talk in talks])


async def test_postgres_is_killed(parley: Parley, clients: Clients) -> None:
    """Sends are refused within seconds, and accepted once it is back."""
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await clients.reach(CONVERSATIONS * 2)
        parley.postgres.kill()
        await eventually(lambda: clients.refused > CONVERSATIONS)
        parley.postgres.launch()
        await asyncio.to_thread(parley.postgres.wait_until_ready)
    assert clients.slowest_refusal < 8
    await check(parley, clients, [talk.result() for talk in talks])


async def test_everything_is_killed_at_once(parley: Parley, clients: Clients) -> None:
    """As by a power cut; started again in another order, it works within half a minute."""
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await clients.reach(CONVERSATIONS * 2)
        for process in (*parley.services.values(), parley.nats, parley.postgres):
            process.kill()
        for name in reversed(SERVICES):
            parley.service(name).launch()
        parley.nats.launch()
        parley.postgres.launch()
        await asyncio.to_thread(parley.postgres.wait_until_ready)
        for name in SERVICES:
            await asyncio.to_thread(parley.services[name].wait_until_ready)
    await check(parley, clients, [talk.result() for talk in talks])
