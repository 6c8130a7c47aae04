"""More than people do: conversations, sockets and uploads without end, under other people's addresses."""

import asyncio
from contextlib import AsyncExitStack

import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect

from services.gateway.demonstration import CHANNEL_ID
from services.gateway.http.limits import CONVERSATIONS as OF_A_VISITOR
from services.gateway.live.fanout import MOST_OF_ONE
from shared.messages import new_id
from tests.attacks.people import (
    BEN,
    CONVERSATIONS,
    PAGE,
    PASSWORD,
    PROXY,
    SOCKETS,
    Colleague,
    Visitor,
    socket,
    stranger,
    until_closed,
    visits,
)
from tests.parley import Parley

MEGABYTES = 20 * 1024 * 1024


def beginning() -> dict[str, object]:
    return {
        "type": "start_conversation", "command_id": new_id(), "conversation_id": new_id(), "message_id": new_id(),
        "page": PAGE, "written": {"text": "Hello"},
    }  # fmt: skip


async def begins(parley: Parley, address: str, **headers: str) -> int:
    """Somebody new begins a conversation. Answers with the status."""
    async with stranger(parley, address, **headers) as http:
        opened = (await http.post("/api/widget/session", json={"channel_id": CHANNEL_ID, "page": PAGE})).json()
        authorised = {"Authorization": f"Bearer {opened['token']}"}
        return (await http.post("/api/widget/asks", json=beginning(), headers=authorised)).status_code


async def test_a_visitor_begins_only_so_many_conversations(parley: Parley, ana: Visitor) -> None:
    """Also at this machine, where no address is counted."""
    eve = await visits(parley, "127.0.0.1")
    for _ in range(OF_A_VISITOR):
        await eve.starts()
    refused = await eve.http.post("/api/widget/asks", json=beginning())
    assert (refused.status_code, refused.json()["code"]) == (429, "slow_down")
    assert refused.headers["retry-after"]
    async with eve.connects() as live:
        await live.send(orjson.dumps({"type": "hello", "token": eve.token}).decode())
        await live.send(orjson.dumps({"type": "ask", "ask": beginning()}).decode())
        async with asyncio.timeout(5):
            while (frame := orjson.loads(await live.recv()))["type"] != "refused":
                assert frame["type"] != "accepted"
    assert frame["problem"]["code"] == "slow_down"
    await ana.starts()
    await eve.http.aclose()


async def test_an_address_too_whatever_it_calls_itself(parley: Parley) -> None:
    """Only a trusted proxy may say where a request comes from, and only the last stranger it names counts."""
    busy = "127.2.0.1"
    assert {await begins(parley, busy) for _ in range(CONVERSATIONS)} == {200}
    assert await begins(parley, busy) == 429
    assert await begins(parley, busy, **{"X-Forwarded-For": "203.0.113.7"}) == 429
    assert await begins(parley, PROXY, **{"X-Forwarded-For": f"203.0.113.7, {busy}"}) == 429
    assert await begins(parley, PROXY, **{"X-Forwarded-For": f"{busy}, 203.0.113.7"}) == 200
    assert await begins(parley, "127.2.0.2") == 200


async def test_being_called_this_machine_is_not_being_it(parley: Parley) -> None:
    """This machine is not counted; somebody in the proxies' network can only say that they are it, with a port or without."""
    forged = ["127.0.0.1", "127.0.0.1:1234"] * CONVERSATIONS
    answers = [await begins(parley, PROXY, **{"X-Forwarded-For": one}) for one in forged[: CONVERSATIONS + 1]]
    assert answers == [200] * CONVERSATIONS + [429]
    assert await begins(parley, "127.0.0.1", **{"X-Forwarded-For": "127.0.0.1"}) == 200


async def test_a_network_of_addresses_is_one(parley: Parley) -> None:
    """Whoever has one IPv6 address has eighteen quintillion."""
    answers = [await begins(parley, PROXY, **{"X-Forwarded-For": f"2001:db8::{n:x}"}) for n in range(CONVERSATIONS + 1)]
    assert answers == [200] * CONVERSATIONS + [429]
    assert await begins(parley, PROXY, **{"X-Forwarded-For": "2001:db8:0:1::1"}) == 200


async def said(live: ClientConnection) -> str:
    async with asyncio.timeout(5):
        return str(await live.recv())


async def turned_away(live: ClientConnection) -> bool:
    async with asyncio.timeout(5):
        goodbye = orjson.loads(await until_closed(live))
    return (goodbye["reason"], live.close_code) == ("too_many", 1008) and goodbye["after_ms"] > 0


async def test_an_address_has_only_so_many_sockets(parley: Parley) -> None:
    address = "127.2.0.3"
    async with AsyncExitStack() as opened:
        seated = [(await visits(parley, address)) for _ in range(2)]
        for n in range(SOCKETS):
            live = await opened.enter_async_context(seated[n % 2].connects())
            await live.send(orjson.dumps({"type": "hello", "token": seated[n % 2].token}).decode())
            assert '"welcome"' in await said(live)
        for path in ("/api/widget/live", "/api/live"):
            async with socket(parley, path, address=address) as one_more:
                assert await turned_away(one_more)
        async with socket(parley, "/api/widget/live", address="127.2.0.4") as elsewhere:
            await elsewhere.send(orjson.dumps({"type": "hello", "token": seated[0].token}).decode())
            assert '"welcome"' in await said(elsewhere)
    async with seated[0].connects() as again:
        await again.send(orjson.dumps({"type": "hello", "token": seated[0].token}).decode())
        assert '"welcome"' in await said(again)
    for visitor in seated:
        await visitor.http.aclose()


@pytest.mark.parametrize("who", ["visitor", "agent"])
async def test_so_has_a_person(parley: Parley, ben: Colleague, who: str) -> None:
    """Also one who sits at this machine, whose sockets are not counted by address."""
    ana = await visits(parley, "127.0.0.1")
    hello = orjson.dumps({"type": "hello", **({"token": ana.token} if who == "visitor" else {})}).decode()
    async with AsyncExitStack() as opened:
        for n in range(MOST_OF_ONE):
            live = await opened.enter_async_context(window(ana, ben, who, n))
            await live.send(hello)
            assert '"welcome"' in await said(live)
        async with window(ana, ben, who, MOST_OF_ONE) as one_more:
            await one_more.send(hello)
            assert await turned_away(one_more)
    await ana.http.aclose()


def window(ana: Visitor, ben: Colleague, who: str, n: int) -> connect:
    """One more of a person's; visitors' come from several addresses, each with a few."""
    if who == "agent":
        return ben.connects()
    return socket(ana.parley, "/api/widget/live", address=f"127.3.0.{n // (SOCKETS // 2) + 1}")


@pytest.mark.parametrize("path", ["/api/files", "/api/widget/files"])
async def test_a_strangers_file_is_not_read(parley: Parley, vera: Colleague, path: str) -> None:
    """The answer comes before the first byte of the body, which never comes."""
    assert b"HTTP/1.1 401" in await announced(parley, path, "")
    assert b"HTTP/1.1 401" in await announced(parley, path, "Authorization: Bearer made-up")
    if path == "/api/files":
        assert b"HTTP/1.1 403" in await announced(parley, path, f"Cookie: parley_session={vera.cookie}")


async def announced(parley: Parley, path: str, header: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", parley.port)
    lines = [
        f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{parley.port}", "X-Parley: 1", f"Content-Length: {MEGABYTES}",
        "Content-Type: multipart/form-data; boundary=b", *([header] if header else []), "", "",
    ]  # fmt: skip
    writer.write("\r\n".join(lines).encode())
    async with asyncio.timeout(5):
        answer = await reader.readline()
    writer.close()
    return answer


@pytest.mark.parametrize(("address", "believed"), [(PROXY, True), ("127.0.0.1", False)])
async def test_only_a_trusted_proxy_says_that_it_is_encrypted(parley: Parley, address: str, believed: bool) -> None:
    async with stranger(parley, address, **{"X-Forwarded-Proto": "https", "Host": "chat.shop.example"}) as browser:
        policy = (await browser.get("/")).headers["content-security-policy"]
        assert ("wss://chat.shop.example" in policy) is believed
        signed = await browser.post("/api/session", json={"address": BEN, "password": PASSWORD})
        assert ("secure" in signed.headers["set-cookie"].lower()) is believed
