"""The database is put back to last night's dump, while the mirror still tells of today: today never happened."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from deploy.audit import audit
from deploy.demo.shop import open_shop
from services.gateway.demonstration import CHANNEL_ID
from shared.bus import Bus, connect
from shared.messages import new_id
from tests.conversations.test_contacts_and_inboxes import connect as connect_channel
from tests.conversations.test_contacts_and_inboxes import open_inbox
from tests.faults.browsers import Browser, opens, visitor
from tests.faults.clients import SAID, Clients, texts
from tests.parley import ALL, Parley
from tests.waiting import eventually

PAGE = {"url": "https://shop.example/bikes/fell-3", "title": "Fell 3"}
OTHERS = tuple(name for name in ALL if name != "conversations")
WAITING = "conversations does not answer"


@pytest.fixture
async def parley(tmp_path: Path) -> AsyncIterator[Parley]:
    with Parley(tmp_path, durable=True) as parley:
        await asyncio.to_thread(parley.start)
        yield parley


@pytest.fixture
async def clients(parley: Parley) -> AsyncIterator[Clients]:
    client = await connect(parley.settings, "clients")
    clients = Clients(Bus(client))
    await open_shop(clients.bus)
    for command in (open_inbox(), connect_channel()):
        await clients.insist("conversations", command)
    await clients.open_the_shop()
    await come_to_rest(parley)
    await opens(parley.url, CHANNEL_ID)
    yield clients
    await client.close()


async def test_restored_from_last_nights_dump(parley: Parley, clients: Clients, tmp_path: Path) -> None:
    """The owner of the log comes last: the others must not take the mirror's word for it."""
    async with visitor([parley.url], parley.url, CHANNEL_ID, PAGE) as ana:
        kept = await clients.talk()
        await come_to_rest(parley)
        parley.postgres.dump(tmp_path / "last-night.dump")

        lost = [await clients.talk() for _ in range(2)] + [await begin(ana)]
        await come_to_rest(parley)
        for service in parley.services.values():
            service.kill()
        parley.postgres.restore(tmp_path / "last-night.dump")
        heads = await log_heads(parley)
        for name in OTHERS:
            parley.service(name).launch()
        for name in OTHERS:
            await eventually(lambda name=name: WAITING in parley.services[name].log_file.read_text(), 45)  # type: ignore[misc]
        assert {name: heads[name] for name in ("routing", "bots", "transcripts")} == await log_heads(
            parley, "routing", "bots", "transcripts"
        )
        await asyncio.to_thread(parley.service("conversations").start)

        fresh = [await clients.talk() for _ in range(3)]
        await eventually(lambda: len(ana.welcomes) > 1, 30)
        assert not ana.welcomes[-1]["resumed"]
        assert ana.welcomes[-1]["epoch"] != ana.welcomes[0]["epoch"]
        began = await begin(ana)
        await ana.sees("conversation_started", conversation_id=began)
        await come_to_rest(parley)
        for conversation_id in (kept, *fresh):
            assert texts(await clients.thread(conversation_id)) == list(SAID)
        assert await mentions(parley, lost) == 0
        assert await audit(parley.settings) == []


async def begin(ana: Browser) -> str:
    conversation_id = new_id()
    await ana.ask(
        "start_conversation", conversation_id=conversation_id, message_id=new_id(), page=PAGE, written={"text": "Fell 3"}
    )
    return conversation_id


async def log_heads(parley: Parley, *names: str) -> dict[str, int]:
    connection = await asyncpg.connect(parley.postgres.url)
    heads = {name: await connection.fetchval(f"select position from {name}.log_head") for name in names or ALL}
    await connection.close()
    return heads


async def come_to_rest(parley: Parley) -> None:
    """Everybody has heard everything, and nothing more followed from it."""

    async def rests() -> bool:
        connection = await asyncpg.connect(parley.postgres.url)
        heads = {name: await connection.fetchval(f"select position from {name}.log_head") for name in ALL}
        stands = {
            row["consumer"]: row["position"]
            for name in ALL
            for schema in (name, f"{name}_views")
            for row in await connection.fetch(f"select consumer, position from {schema}.positions")
        }
        await connection.close()
        return all(position == heads[consumer.rpartition("_")[2]] for consumer, position in stands.items())

    await eventually(rests, 60)


async def mentions(parley: Parley, conversations: list[str]) -> int:
    """How many events anywhere speak of these."""
    connection = await asyncpg.connect(parley.postgres.url)
    found = 0
    for name in ALL:
        counted = "select count(*) from {}.events where body::text ~ any($1)"
        found += await connection.fetchval(counted.format(name), conversations)
    await connection.close()
    return found
