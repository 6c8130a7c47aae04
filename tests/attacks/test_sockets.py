"""Live sockets in the hands of people who did not read the protocol, or did."""

import asyncio
import socket as sockets
from contextlib import aclosing, closing
from time import monotonic

import orjson
import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from services.gateway.accounts.credentials import set_password
from shared.bus import Bus, connect
from shared.clock import now
from shared.contracts.gateway import DeactivateAccount
from shared.messages import new_id
from shared.postgres import open_pool
from tests.attacks.people import GARY, PASSWORD, Colleague, Visitor, signs_in, socket, until_closed, visits
from tests.parley import Parley
from tests.waiting import eventually


@pytest.mark.parametrize("origin", [
    "https://evil.example", "null", "http://[", "file://", "http://127.0.0.1:1", "http://127.0.0.1.evil.example", "",
])  # fmt: skip
@pytest.mark.parametrize("path", ["/api/live", "/api/widget/live"])
async def test_a_foreign_page_gets_no_socket(parley: Parley, ben: Colleague, path: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await socket(parley, path, origin, Cookie=f"parley_session={ben.cookie}")
    assert refused.value.response.status_code == 403


async def test_nor_does_a_cookie_without_a_page(parley: Parley, ben: Colleague) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await socket(parley, "/api/live", None, Cookie=f"parley_session={ben.cookie}")
    assert refused.value.response.status_code == 403


async def test_what_was_asked_before_nonsense_is_answered_before_the_end(eve: Visitor) -> None:
    """Both come in one piece: the answer and the close frame go out in one turn, in this order."""
    command_id = new_id()
    unreadable = {"type": "mark_read", "command_id": command_id, "conversation_id": "no id", "position": 1}
    async with eve.connects() as live:
        await live.send(orjson.dumps({"type": "hello", "token": eve.token}).decode())
        assert '"welcome"' in str(await live.recv())
        live.protocol.send_text(orjson.dumps({"type": "ask", "ask": unreadable}))
        live.protocol.send_text(b"nonsense{")
        live.send_data()
        async with asyncio.timeout(5):
            answers = await until_closed(live)
    assert '"refused"' in answers
    assert command_id in answers
    assert live.close_code == 1007


async def test_who_says_nothing_is_not_waited_for(parley: Parley) -> None:
    await asyncio.gather(*(says_nothing(parley, path) for path in ("/api/live", "/api/widget/live")))


async def says_nothing(parley: Parley, path: str) -> None:
    began = monotonic()
    async with socket(parley, path) as live:
        await until_closed(live)
        assert live.close_code in {1001, 1008}
    assert monotonic() - began < 7


UNREADABLE: dict[str, tuple[str | bytes, int]] = {
    "too large": ("x" * (256 * 1024 + 1), 1009),
    "deep": ("[" * 100_000, 1007),
    "NaN": ('{"type":"hello","position":NaN}', 1007),
    "infinite": ('{"type":"hello","position":1e999}', 1008),
    "bytes": (b'{"type":"pong"}', 1007),
    "no JSON": ("hello", 1007),
    "lone surrogate": ('{"type":"hello","token":"\\ud800"}', 1008),
    "no hello": ('{"type":"pong"}', 1008),
    "deep but JSON": ('{"type":"hello","x":' + "[" * 150 + "]" * 150 + "}", 1008),
}


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_who_cannot_be_understood_is_not_listened_to(parley: Parley, kind: str) -> None:
    text, code = UNREADABLE[kind]
    async with socket(parley, "/api/widget/live") as live:
        await live.send(text)
        await until_closed(live)
        assert live.close_code == code


async def test_nor_who_sends_no_unicode(parley: Parley) -> None:
    async with socket(parley, "/api/widget/live") as live:
        await live.send(b'{"type":"\xff"}', text=True)
        await until_closed(live)
        assert live.close_code == 1007


async def test_a_position_from_nowhere_takes_a_new_snapshot(ana: Visitor, ben: Colleague) -> None:
    for position in (-1, 2**63, 2**200, -(2**70)):
        for hello, opened in (({"token": ana.token}, ana.connects()), ({}, ben.connects())):
            async with opened as live:
                await live.send('{"type":"hello"}' if not hello else orjson.dumps({"type": "hello", **hello}).decode())
                epoch = orjson.loads(await live.recv())["epoch"]
            again = ana.connects() if hello else ben.connects()
            async with again as live:
                text = orjson.dumps({"type": "hello", "epoch": epoch, **hello}).decode()
                await live.send(f'{text[:-1]},"position":{position}}}')
                assert orjson.loads(await live.recv())["resumed"] is False


async def test_visitors_get_no_compression(parley: Parley) -> None:
    offered = socket(parley, "/api/widget/live", **{"Sec-WebSocket-Extensions": "permessage-deflate"})
    async with offered as live:
        assert live.response is not None
        assert "Sec-WebSocket-Extensions" not in live.response.headers


@pytest.mark.parametrize("who", ["visitor", "agent"])
async def test_a_flood_is_cut_off(ana: Visitor, ben: Colleague, who: str) -> None:
    async with ana.connects() if who == "visitor" else ben.connects() as live:
        await live.send(orjson.dumps({"type": "hello", **({"token": ana.token} if who == "visitor" else {})}).decode())
        try:
            for _ in range(3000):
                await live.send('{"type":"pong"}')
        except ConnectionClosed:
            pass
        assert '"too_many"' in await until_closed(live)


async def test_who_does_not_read_costs_little_and_is_cut(parley: Parley, ana: Visitor, ben: Colleague) -> None:
    gateway = psutil.Process(parley.services["gateway"].pid)
    conversation_id = await ana.starts()
    before = gateway.memory_info().rss
    with closing(sockets.create_connection(("127.0.0.1", parley.port))) as deaf:
        deaf.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        deaf.sendall(upgrade(parley, f"parley_session={ben.cookie}"))
        assert deaf.recv(1000).startswith(b"HTTP/1.1 101")
        deaf.sendall(text_frame(b'{"type":"hello"}'))
        async with ana.connects() as live:
            await live.send(orjson.dumps({"type": "hello", "token": ana.token}).decode())
            for _ in range(110):
                await live.send(orjson.dumps({"type": "ask", "ask": long_words(conversation_id)}).decode())
                while orjson.loads(await live.recv())["type"] != "accepted":
                    pass
        await eventually(lambda: is_cut(gateway, deaf), within=4)
    assert gateway.memory_info().rss - before < 40 * 1024 * 1024


def is_cut(gateway: psutil.Process, deaf: sockets.socket) -> bool:
    ours = deaf.getsockname()[1]
    return ours not in {getattr(one.raddr, "port", None) for one in gateway.net_connections("tcp")}


def upgrade(parley: Parley, cookie: str) -> bytes:
    lines = [
        "GET /api/live HTTP/1.1", f"Host: 127.0.0.1:{parley.port}", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13", f"Origin: {parley.url}", f"Cookie: {cookie}",
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode()


def text_frame(payload: bytes) -> bytes:
    return bytes([0x81, 0x80 | len(payload), 0, 0, 0, 0]) + payload


def long_words(conversation_id: str) -> dict[str, object]:
    return {
        "type": "post_message", "command_id": new_id(), "conversation_id": conversation_id, "message_id": new_id(),
        "written": {"text": "x" * 20_000},
    }  # fmt: skip


async def test_who_signs_out_hears_nothing_more_however_busy_it_is(parley: Parley, ben: Colleague) -> None:
    mira = await signs_in(parley, "mira@spoke-and-larch.example")
    async with mira.connects() as live, asyncio.TaskGroup() as group:
        await live.send('{"type":"hello"}')
        await live.recv()
        busy = group.create_task(keep_starting(parley, ben))
        assert (await mira.http.delete("/api/session")).status_code == 204
        async with asyncio.timeout(5):
            told = await until_closed(live)
        busy.cancel()
    await mira.http.aclose()
    assert '"signed_out"' in told


async def keep_starting(parley: Parley, ben: Colleague) -> None:
    """There is news as fast as it is told."""
    async with ben.connects() as console:
        await console.send('{"type":"hello"}')
        async for frame in console:
            if '"counters"' in str(frame):
                somebody = await visits(parley)
                async with aclosing(somebody.http):
                    await somebody.starts()


async def test_nor_does_who_has_a_new_password_or_has_left(parley: Parley) -> None:
    pool, client = await open_pool(parley.settings, "gateway", size=2), await connect(parley.settings, "tests")
    gary = await signs_in(parley, GARY)
    async with gary.connects() as live:
        await live.send('{"type":"hello"}')
        await set_password(pool, GARY, PASSWORD)
        async with asyncio.timeout(5):
            assert '"signed_out"' in await until_closed(live)
    await gary.http.aclose()
    gary = await signs_in(parley, GARY)
    async with gary.connects() as live:
        await live.send('{"type":"hello"}')
        gone = DeactivateAccount(command_id=new_id(), at=now(), actor="service:tests", account_id=gary.account_id)
        await Bus(client).ask("gateway", gone)
        async with asyncio.timeout(5):
            assert '"signed_out"' in await until_closed(live)
    assert (await gary.http.get("/api/session")).status_code == 401
    assert (await gary.http.post("/api/session", json={"address": GARY, "password": PASSWORD})).status_code == 401
    await gary.http.aclose()
    await pool.close()
    await client.close()


async def test_what_an_agent_should_see_comes_though_its_signal_was_lost(parley: Parley, tomas: Colleague) -> None:
    """As when a gateway dies between the commit of a notice and the word about it: the others look by themselves."""
    notice = f"'{new_id()}', '{tomas.account_id}', 'mentioned', '{new_id()}', 'Unsaid', now()"
    async with tomas.connects() as live:
        await live.send('{"type":"hello"}')
        while '"notices"' not in str(await live.recv()):
            pass
        parley.postgres.sql(f"insert into gateway_views.notices values ({notice})")
        try:
            async with asyncio.timeout(10):
                while "Unsaid" not in str(await live.recv()):
                    pass
        finally:
            parley.postgres.sql("delete from gateway_views.notices where text = 'Unsaid'")
