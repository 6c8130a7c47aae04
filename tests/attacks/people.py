"""Strangers, visitors and colleagues who speak to the gateway directly, without any of our browser code."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from services.gateway.demonstration import CHANNEL_ID
from shared.messages import new_id
from tests.parley import Parley

PASSWORD = "Fell-3-in-52-only-for-tests"
BEN = "ben@spoke-and-larch.example"
TOMAS = "tomas@spoke-and-larch.example"
VERA = "vera@spoke-and-larch.example"  # may look on
GARY = "gary@spoke-and-larch.example"  # leaves the company
MALLORY = "mallory@spoke-and-larch.example"  # has a hostile name
CONVERSATIONS = SOCKETS = 40  # of one address
PROXY = "127.0.0.2"
SETTINGS: dict[str, Any] = {
    "PARLEY_ADDRESS_CONVERSATIONS": str(CONVERSATIONS), "PARLEY_ADDRESS_SOCKETS": str(SOCKETS),
    "PARLEY_TRUSTED_PROXIES": PROXY, "PARLEY_DEMO_PASSWORD": PASSWORD,
}  # fmt: skip
PAGE = {"url": "https://shop.example/fell-3", "title": "Fell 3"}

Raw = dict[str, Any]
_addresses = (f"127.1.{n // 250}.{n % 250 + 1}" for n in count())


def stranger(parley: Parley, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
    """Somebody nobody knows, at this address; each call has a connection of its own."""
    return httpx.AsyncClient(
        base_url=parley.url, headers={"X-Parley": "1", "Connection": "close", **headers}, timeout=20,
        transport=httpx.AsyncHTTPTransport(local_address=address),
    )  # fmt: skip


@dataclass
class Visitor:
    """A browser with a widget."""

    http: httpx.AsyncClient
    parley: Parley
    session: Raw
    address: str

    @property
    def token(self) -> str:
        """What makes them known again."""
        return str(self.session["token"])

    async def asks(self, kind: str, **fields: object) -> httpx.Response:
        """Asks for something over HTTP."""
        return await self.http.post("/api/widget/asks", json={"type": kind, "command_id": new_id(), **fields})

    async def starts(self, text: str = "Hello", **fields: object) -> str:
        """Begins a conversation. Answers with its id."""
        conversation_id = new_id()
        fields = {"conversation_id": conversation_id, "message_id": new_id(), "page": PAGE, "written": {"text": text}} | fields
        answer = await self.asks("start_conversation", **fields)
        assert answer.status_code == 200, answer.text
        return conversation_id

    async def says(self, conversation_id: str, text: str, **written: object) -> httpx.Response:
        """Another word."""
        fields = {"conversation_id": conversation_id, "message_id": new_id(), "written": {"text": text, **written}}
        return await self.asks("post_message", **fields)

    async def uploads(self, content: bytes, name: str = "note.txt") -> httpx.Response:
        """Sends a file."""
        return await self.http.post("/api/widget/files", files={"file": (name, content)})

    async def opens(self, token: str | None = None) -> Raw:
        """The widget once more, as after a reload."""
        body = {"channel_id": CHANNEL_ID, "page": PAGE, "token": token or self.token}
        return dict((await self.http.post("/api/widget/session", json=body)).json())

    def connects(self) -> connect:
        """A live socket; the token goes into `hello`."""
        return socket(self.parley, "/api/widget/live", address=self.address)


async def visits(parley: Parley, address: str = "") -> Visitor:
    """Somebody new comes to the shop, from an address of their own unless told otherwise."""
    address = address or next(_addresses)
    http = httpx.AsyncClient(base_url=parley.url, timeout=20, transport=httpx.AsyncHTTPTransport(local_address=address))
    try:
        opened = await http.post("/api/widget/session", json={"channel_id": CHANNEL_ID, "page": PAGE})
    except BaseException:  # cancelled, too
        await http.aclose()
        raise
    assert opened.status_code == 200, opened.text
    http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
    return Visitor(http, parley, opened.json(), address)


@dataclass
class Colleague:
    """Somebody signed in."""

    http: httpx.AsyncClient
    parley: Parley
    account_id: str

    @property
    def cookie(self) -> str:
        """Their session's token."""
        return str(self.http.cookies["parley_session"])

    async def asks(self, kind: str, **fields: object) -> httpx.Response:
        """Asks for something over HTTP."""
        return await self.http.post("/api/asks", json={"type": kind, "command_id": new_id(), **fields})

    async def writes(self, kind: str, conversation_id: str, text: str, **fields: object) -> httpx.Response:
        """A reply or a comment."""
        written = {"text": text, "file_ids": fields.pop("file_ids", [])}
        return await self.asks(kind, conversation_id=conversation_id, message_id=new_id(), written=written, **fields)

    def connects(self) -> connect:
        """A live socket of their console."""
        return socket(self.parley, "/api/live", Cookie=f"parley_session={self.cookie}")


async def signs_in(parley: Parley, address: str = BEN, ip: str = "127.0.0.1") -> Colleague:
    """A colleague signs in, from this place."""
    transport = httpx.AsyncHTTPTransport(local_address=ip)
    http = httpx.AsyncClient(base_url=parley.url, headers={"X-Parley": "1"}, timeout=20, transport=transport)
    answer = await http.post("/api/session", json={"address": address, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return Colleague(http, parley, answer.json()["account_id"])


def socket(parley: Parley, path: str, origin: str | None = "own", address: str = "127.0.0.1", **headers: str) -> connect:
    """A socket from a page of this origin (`own`: the gateway's)."""
    where = parley.url.replace("http", "ws", 1) + path
    headers |= {} if origin is None else {"Origin": parley.url if origin == "own" else origin}
    return connect(
        where, additional_headers=headers, max_size=None, compression=None, ping_interval=None, proxy=None,
        local_addr=(address, 0),
    )  # fmt: skip


async def until_closed(connection: ClientConnection) -> str:
    """Everything that still comes, as one text."""
    frames = []
    with suppress(ConnectionClosed):
        while True:
            frames.append(str(await connection.recv()))
    return "\n".join(frames)
