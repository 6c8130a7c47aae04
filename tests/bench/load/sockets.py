"""A visitor's and an agent's socket. An agent who is cut off comes back with the position reached, as a browser does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.bench.load.plan import Visitor

ANSWERS = frozenset({"accepted", "refused"})
Answered = Callable[[str, str | None], None]
Seen = Callable[[str, bool], None]


async def opened(url: str, path: str, cookie: str = "") -> ClientConnection:
    """A socket as a browser of this site opens it."""
    address = url.replace("http", "ws", 1) + path
    headers = {"Cookie": cookie} if cookie else {}
    return await connect(
        address, origin=url, additional_headers=headers, compression=None, max_queue=None, ping_interval=None  # type: ignore[arg-type]
    )  # fmt: skip


async def send(socket: ClientConnection, frame: dict[str, Any]) -> None:
    """As JSON text."""
    await socket.send(orjson.dumps(frame), text=True)


class VisitorSocket:
    """Asks, and hears the answers."""

    def __init__(self, visitor: Visitor, answered: Answered) -> None:
        self.visitor = visitor
        self._answered = answered
        self._socket: ClientConnection | None = None

    async def open(self, url: str) -> None:
        """Connected and welcomed."""
        self._socket = await opened(url, "/api/widget/live")
        await send(self._socket, {"type": "hello", "token": self.visitor.token})
        while orjson.loads(await self._socket.recv())["type"] != "welcome":
            pass

    async def ask(self, ask: dict[str, Any]) -> None:
        """Sends an ask; its answer comes to `answered`."""
        assert self._socket
        await send(self._socket, {"type": "ask", "ask": ask})

    async def listen(self) -> None:
        """Until the socket closes."""
        assert self._socket
        with suppress(ConnectionClosed):
            async for text in self._socket:
                frame = orjson.loads(text)
                if frame["type"] in ANSWERS:
                    problem = frame.get("problem") or {}
                    self._answered(frame["command_id"], problem.get("code"))


class AgentSocket:
    """Watches."""

    def __init__(self, cookie: str, seen: Seen) -> None:
        self._cookie, self._seen = cookie, seen
        self._epoch: str | None = None
        self._messages: set[str] = set()
        self.position = 0
        self.disordered = 0
        self.cuts = 0
        self.welcomed = asyncio.Event()

    async def watch(self, url: str) -> None:
        """For ever, over as many sockets as it takes."""
        while True:
            socket = await opened(url, "/api/live", self._cookie)
            await send(socket, {"type": "hello", "epoch": self._epoch, "position": self.position if self._epoch else None})
            with suppress(ConnectionClosed):
                async for text in socket:
                    await self._take(orjson.loads(text), socket)
            self.cuts += 1

    async def _take(self, frame: dict[str, Any], socket: ClientConnection) -> None:
        match frame["type"]:
            case "event":
                self._see(frame)
            case "welcome":
                if not frame["resumed"] or self._epoch is None:
                    self.position = frame["position"]
                self._epoch = frame["epoch"]
                self.welcomed.set()
            case "heartbeat":
                await send(socket, {"type": "pong"})
            case _:
                pass  # counters, people, somebody typing: not timed

    def _see(self, frame: dict[str, Any]) -> None:
        self.disordered += frame["position"] <= self.position
        self.position = frame["position"]
        message_id = frame["event"].get("message_id")
        if message_id is not None:
            self._seen(message_id, message_id not in self._messages)
            self._messages.add(message_id)
