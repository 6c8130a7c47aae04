"""Two instances of every service; one of each is killed in the middle of a conversation, and the other goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from deploy.audit import audit
from deploy.demo.people import BEN, hire, let_in
from deploy.demo.shop import open_shop
from deploy.ports import free_port
from services.gateway.demonstration import CHANNEL_ID
from services.gateway.migrating import migrate
from shared.bus import Bus, connect
from shared.messages import new_id
from shared.postgres import open_pool
from shared.reading import whole_stream
from tests.faults.browsers import colleague, visitor
from tests.infrastructure.smtp import SmtpServer
from tests.parley import ALL, Parley, ServiceProcess
from tests.waiting import eventually

PASSWORD = "two-of-each-only-for-tests"
PAGE = {"url": "https://shop.example/bikes/fell-3", "title": "Fell 3"}
ADDRESS = "ana@home.example"
SECONDS = 10.0


class Pair:
    """A Parley with a second instance of everything, on its own ports."""

    def __init__(self, parley: Parley, bus: Bus) -> None:
        self.parley, self.bus = parley, bus
        self._second_port = free_port()
        environment = {name: parley.environment_of(name) | {"PARLEY_PORT": str(self._second_port)} for name in ALL}
        self.seconds = [ServiceProcess(name, parley.directory / "second", environment[name]) for name in ALL]

    @property
    def gateways(self) -> list[str]:
        """Both, the one that will be killed first."""
        return [self.parley.url, f"http://127.0.0.1:{self._second_port}"]

    async def start(self) -> None:
        """The first ones take every role; then the others stand by, and the shop opens."""
        await asyncio.to_thread(self.parley.start)
        for second in self.seconds:
            second.launch()
        await self._furnish()
        for second in self.seconds:
            await asyncio.to_thread(second.wait_until_ready)

    async def _furnish(self) -> None:
        pool = await open_pool(self.parley.settings, "gateway", size=2)
        await open_shop(self.bus)
        await hire(self.bus)
        await migrate(pool)
        await let_in(pool, PASSWORD)
        await pool.close()

    async def kill_one_of_each(self) -> None:
        """kill -9."""
        await asyncio.gather(*(asyncio.to_thread(first.kill) for first in self.parley.services.values()))

    def end(self) -> None:
        """The seconds end, too."""
        for second in self.seconds:
            second.kill()


@pytest.fixture
async def mailbox() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture
async def pair(tmp_path: Path, mailbox: SmtpServer) -> AsyncIterator[Pair]:
    with Parley(tmp_path, smtp_url=mailbox.url) as parley:
        client = await connect(parley.settings, "test")
        pair = Pair(parley, Bus(client))
        try:
            await pair.start()
            yield pair
            assert await audit(parley.settings) == []
        finally:
            await client.close()
            pair.end()


async def test_the_other_of_each_goes_on_within_seconds(pair: Pair, mailbox: SmtpServer) -> None:
    conversation, origin = new_id(), pair.parley.url
    async with AsyncExitStack() as stack:
        ben = await stack.enter_async_context(colleague(pair.gateways, origin, BEN.address, PASSWORD))
        ana = await stack.enter_async_context(visitor(pair.gateways, origin, CHANNEL_ID, PAGE))
        in_it = {"conversation_id": conversation}

        async def says(text: str) -> int | None:
            return await ana.ask("post_message", **in_it, message_id=new_id(), written={"text": text})

        await ana.ask("start_conversation", **in_it, message_id=new_id(), page=PAGE, written={"text": "Fell 3"})
        await eventually(lambda: [e for _, e in ana.seen if "send a copy to?" in e.get("content", {}).get("text", "")])

        async with asyncio.timeout(SECONDS):
            _, *positions = await asyncio.gather(pair.kill_one_of_each(), *(says(f"it is {ADDRESS} ({n})") for n in range(10)))
            assert len(set(positions)) == len(positions)
            await ben.sees("conversation_assigned", **in_it)
            await ben.ask("post_message", **in_it, message_id=new_id(), written={"text": "It is here in 52."})
            await ben.ask("close_conversation", **in_it)
            await ana.sees("conversation_closed", **in_it)
        [mail] = await mailbox.received(1)
        assert mail.recipients == (ADDRESS,)
        await ben.sees("transcript_noted", **in_it, status="sent")

        recorded = await whole_stream(pair.bus, "conversations", f"conversation-{conversation}")
        seen = [position for position, event in ben.seen if event.get("conversation_id") == conversation]
        assert seen == [raw.position for raw in recorded]
        assert len(ana.welcomes) > 1
        assert all(welcome["resumed"] for welcome in ana.welcomes)
        assert len(mailbox.mails) == 1
