"""Each crash point in turn, under load: the service dies there, starts again, and nothing is lost, doubled or reordered."""

import asyncio

import pytest

from tests.faults.checking import check
from tests.faults.clients import Clients
from tests.faults.conftest import restart
from tests.parley import Parley
from tests.waiting import eventually

CONVERSATIONS = 6
MATTERS_MOST = [
    ("conversations", "append_before_commit:20"),
    ("conversations", "append_after_commit:20"),
    ("conversations", "command_before_reply:20"),
    ("conversations", "relay_mid_batch:30"),
    ("conversations", "relay_before_acks:20"),
    ("bots", "consumer_before_commit:5"),
    ("routing", "consumer_after_commit:3"),
]
OTHERS = [
    ("conversations", "consumer_before_commit:5"),
    ("conversations", "consumer_after_commit:5"),
    ("bots", "append_after_commit:5"),
    ("bots", "relay_mid_batch:8"),
    ("bots", "consumer_after_commit:5"),
    ("routing", "append_after_commit:5"),
    ("routing", "relay_before_acks:4"),
    ("routing", "consumer_before_commit:3"),
]
CRASHES = [
    *(pytest.param(name, crash, id=f"{name}-{crash.split(':')[0]}") for name, crash in MATTERS_MOST),
    *(pytest.param(name, crash, id=f"{name}-{crash.split(':')[0]}", marks=pytest.mark.long) for name, crash in OTHERS),
]


@pytest.mark.parametrize(("name", "crash_at"), CRASHES)
async def test_killed_there(parley: Parley, clients: Clients, name: str, crash_at: str) -> None:
    doomed = await restart(parley, name, crash_at)
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(clients.talk()) for _ in range(CONVERSATIONS)]
        await eventually(lambda: not doomed.running, 60)
        await restart(parley, name)
    await check(parley, clients, [talk.result() for talk in talks])
