"""The gateway is killed with two hundred live clients: all are whole again within seconds, nothing is missed or doubled."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import httpx
import pytest
from pydantic import TypeAdapter

from deploy.audit import audit
from deploy.demo.people import BEN, hire, let_in
from deploy.demo.shop import open_shop
from services.gateway import inbox
from services.gateway.demonstration import CHANNEL_ID
from services.gateway.migrating import migrate
from services.gateway.visibility import for_visitor
from shared.bus import Bus, connect
from shared.contracts.conversations import AnyConversationEvent
from shared.contracts.views import ConversationRow
from shared.messages import new_id
from shared.postgres import open_pool
from shared.reading import whole_stream
from tests.faults.browsers import OURS, Browser, Event, opens
from tests.parley import Parley
from tests.waiting import eventually

PASSWORD = "gateway-killed-only-for-tests"
PAGE = {"url": "https://shop.example/bikes/fell-3", "title": "Fell 3"}
AGENTS, VISITORS, WORDS = 60, 140, 3
WHOLE_WITHIN_SECONDS = 10.0
EVENT: TypeAdapter[AnyConversationEvent] = TypeAdapter(AnyConversationEvent)


@pytest.fixture
async def parley(tmp_path: Path) -> AsyncIterator[Parley]:
    with Parley(tmp_path, durable=True) as parley:
        await asyncio.to_thread(parley.start)
        client = await connect(parley.settings, "test")
        pool = await open_pool(parley.settings, "gateway", size=2)
        await open_shop(Bus(client))
        await hire(Bus(client))
        await migrate(pool)
        await let_in(pool, PASSWORD)
        await pool.close()
        await client.close()
        await opens(parley.url, CHANNEL_ID)
        yield parley


async def agents(parley: Parley, stack: AsyncExitStack) -> list[Browser]:
    """Ben's windows: one session, many sockets."""
    body = {"address": BEN.address, "password": PASSWORD}
    async with httpx.AsyncClient(base_url=parley.url, headers=OURS | {"Origin": parley.url}) as http:
        answer = (await http.post("/api/session", json=body)).raise_for_status()
    cookie = f"parley_session={answer.cookies['parley_session']}"
    hello = {"epoch": None, "position": None}
    windows = [Browser([parley.url], "/api/live", parley.url, hello, cookie) for _ in range(AGENTS)]
    await asyncio.gather(*(stack.enter_async_context(window) for window in windows))
    return windows


async def visitors(parley: Parley, stack: AsyncExitStack) -> list[tuple[Browser, str]]:
    """Everybody has a widget and a conversation of their own."""
    opening = {"channel_id": CHANNEL_ID, "page": PAGE}
    widgets = []
    async with httpx.AsyncClient(base_url=parley.url) as http:
        for _ in range(VISITORS):
            session = (await http.post("/api/widget/session", json=opening)).raise_for_status().json()
            hello = {"token": session["token"], "epoch": session["epoch"], "position": session["position"]}
            widgets.append((Browser([parley.url], "/api/widget/live", parley.url, hello), new_id()))
    await asyncio.gather(*(stack.enter_async_context(widget) for widget, _ in widgets))
    return widgets


async def talk(widget: Browser, conversation_id: str) -> None:
    await widget.ask(
        "start_conversation", conversation_id=conversation_id, message_id=new_id(), page=PAGE, written={"text": "Fell 3"}
    )
    for n in range(WORDS):
        words = {"text": f"word {n}"}
        await widget.ask("post_message", conversation_id=conversation_id, message_id=new_id(), written=words)


async def test_two_hundred_clients_are_whole_again(parley: Parley) -> None:
    async with AsyncExitStack() as stack:
        windows, widgets = await agents(parley, stack), await visitors(parley, stack)
        talks = [asyncio.create_task(talk(widget, conversation_id)) for widget, conversation_id in widgets]
        await eventually(lambda: sum(len(widget.seen) for widget, _ in widgets) > VISITORS, 60)
        parley.services["gateway"].kill()
        parley.services["gateway"].launch()
        await asyncio.to_thread(parley.services["gateway"].wait_until_ready)
        everybody = [*windows, *(widget for widget, _ in widgets)]
        async with asyncio.timeout(WHOLE_WITHIN_SECONDS):
            await eventually(lambda: all(len(client.welcomes) > 1 for client in everybody))
        assert all(welcome["resumed"] for client in everybody for welcome in client.welcomes[1:])
        await asyncio.gather(*talks)
        await all_see_the_log(parley, windows, widgets)
    assert await audit(parley.settings) == []


async def all_see_the_log(parley: Parley, windows: list[Browser], widgets: list[tuple[Browser, str]]) -> None:
    """Every client's events are those of the log, in its order, each once; so is what they add up to."""
    client = await connect(parley.settings, "test")
    last = await eventually(lambda: _at_rest(Bus(client), widgets), 60)
    await eventually(lambda: all(_position(window) >= last for window in windows), 60)
    by_window = [by_conversation(window) for window in windows]
    for widget, conversation_id in widgets:
        thread = await whole_stream(Bus(client), "conversations", f"conversation-{conversation_id}")
        told = [(raw.position, raw.read(EVENT).event) for raw in thread]
        for window in by_window:
            assert [position for position, _ in window[conversation_id]] == [position for position, _ in told]
        assert fold([(p, EVENT.validate_python(e)) for p, e in by_window[0][conversation_id]]) == fold(told)
        visible = [position for position, event in told if for_visitor(event) is not None]
        await eventually(partial(_has_seen, widget, conversation_id, visible))
    await client.close()


def _has_seen(widget: Browser, conversation_id: str, positions: list[int]) -> bool:
    return [position for position, _ in by_conversation(widget)[conversation_id]] == positions


async def _at_rest(bus: Bus, widgets: list[tuple[Browser, str]]) -> int:
    """The last position, once every conversation has an owner or waits for one: then nothing more follows."""
    last = 0
    for _, conversation_id in widgets:
        thread = await whole_stream(bus, "conversations", f"conversation-{conversation_id}")
        if not {raw.type for raw in thread} & {"conversation_assigned", "conversation_waiting"}:
            return 0
        last = max(last, thread[-1].position)
    return last


def _position(client: Browser) -> int:
    return client.seen[-1][0] if client.seen else 0


def by_conversation(client: Browser) -> dict[str, list[tuple[int, Event]]]:
    """What the client was told of each conversation, in the order in which it was told."""
    told = defaultdict(list)
    for position, event in client.seen:
        if "conversation_id" in event:
            told[event["conversation_id"]].append((position, event))
    return told


def fold(told: list[tuple[int, AnyConversationEvent]]) -> ConversationRow | None:
    """What it adds up to, as the list shows it."""
    row: ConversationRow | None = None
    for position, event in told:
        row = inbox.evolve(row, event, position)
    return row
