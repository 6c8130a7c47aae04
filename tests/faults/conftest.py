"""A durable Parley whose services are killed again and again; each test finds them all running."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from nats.errors import Error as NatsError

from shared import bus
from shared.bus import Bus, connect
from tests.faults.checking import SERVICES
from tests.faults.clients import Clients
from tests.parley import Parley, ServiceProcess

ASK_AGAIN_SECONDS = 1.5  # clients here are less patient than the product's, so that commands are sent twice more often


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parley]:
    with Parley(tmp_path_factory.mktemp("parley"), durable=True) as running:
        running.start(*SERVICES)
        yield running


@pytest.fixture
async def clients(parley: Parley, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clients]:
    """The shop is open. What a test before left lying about is picked up first."""
    parley.postgres.start()
    parley.nats.start()
    for name in SERVICES:
        if parley.services[name].environment.get("CRASH_AT") or not parley.services[name].running:
            await restart(parley, name)
    monkeypatch.setattr(bus, "ANSWER_SECONDS", ASK_AGAIN_SECONDS)
    client = await connect(parley.settings, "clients")
    clients = Clients(Bus(client))
    async with asyncio.timeout(60):
        await clients.open_the_shop()
    yield clients
    with suppress(OSError, NatsError):
        await client.close()


async def restart(parley: Parley, name: str, crash_at: str = "") -> ServiceProcess:
    """Ends a service without a word and starts it again; with `crash_at`, it may be gone again soon."""
    parley.services[name].kill()
    parley.services[name].stop()  # closes its log file, also when it has died by itself
    process = parley.service(name, crash_at)
    process.launch()
    if not crash_at:
        await asyncio.to_thread(process.wait_until_ready)
    return process
