"""Conversations and transcripts running, over real PostgreSQL and NATS."""

from collections.abc import AsyncIterator, Iterator

import pytest

from shared.bus import Bus, connect
from tests.parley import Parley
from tests.transcripts.shop import Shop


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parley]:
    with Parley(tmp_path_factory.mktemp("parley")) as running:
        running.start("conversations", "transcripts")
        yield running


@pytest.fixture
async def bus(parley: Parley) -> AsyncIterator[Bus]:
    client = await connect(parley.settings, "test")
    yield Bus(client)
    await client.close()


@pytest.fixture
def shop(bus: Bus) -> Shop:
    return Shop(bus)
