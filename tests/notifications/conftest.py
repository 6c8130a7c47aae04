"""Conversations and transcripts running, a mail server that fails as told; notifications is started by each test."""

from collections.abc import AsyncIterator, Iterator

import pytest

from shared.bus import Bus, connect
from tests.infrastructure.smtp import SmtpServer
from tests.parley import Parley
from tests.transcripts.shop import Shop

PATIENCE = {
    "PARLEY_MAIL_RETRY_SECONDS": "0.05,0.1",
    "PARLEY_MAIL_STEP_SECONDS": "1",
    "PARLEY_MAIL_ANSWER_SECONDS": "1",
}


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parley]:
    with Parley(tmp_path_factory.mktemp("parley"), durable=False, **PATIENCE) as running:
        running.start("conversations", "transcripts")
        yield running


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture
async def bus(parley: Parley) -> AsyncIterator[Bus]:
    client = await connect(parley.settings, "test")
    yield Bus(client)
    await client.close()


@pytest.fixture
async def shop(bus: Bus) -> Shop:
    shop = await Shop(bus).open()
    await shop.knows_her_address()
    return shop
