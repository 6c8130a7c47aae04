"""A TCP proxy that misbehaves on request, for putting between a client and its server.

async with TcpProxy.before(postgres.url) as proxy:
    connect(proxy.url)                   # the same address, through the proxy
    proxy.delay = 0.2                    # seconds added to every piece, both ways
    proxy.cut_after(1000, TO_CLIENT)     # each connection is reset after so many bytes that way
    proxy.blackhole(); proxy.heal()      # swallow everything, connections stay open; then honest again
    proxy.refuse()                       # new connections are reset at once
    proxy.refuse_sockets()               # HTTP passes, whoever asks for a WebSocket is reset
    proxy.reset()                        # all present connections are reset now
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

Direction = Literal["to_server", "to_client"]
TO_SERVER: Direction = "to_server"
TO_CLIENT: Direction = "to_client"

PIECE = 65536


@dataclass(eq=False)
class Link:
    """One connection: the client's end and the server's."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter

    def reset(self) -> None:
        for end in (self.client, self.server):
            send_reset(end)


class TcpProxy:
    def __init__(self, host: str, port: int, address: str = "") -> None:
        self.target = (host, port)
        self.delay = 0.0
        self.bytes_per_second: float | None = None
        self.links: set[Link] = set()
        self._address = address
        self._limits: dict[Direction, int] = {}
        self._swallowing = False
        self._refusing = self._refusing_sockets = False
        self._listener: asyncio.Server | None = None

    @classmethod
    def before(cls, address: str) -> Self:
        """In front of the server at that URL."""
        parts = urlsplit(address)
        if parts.hostname is None or parts.port is None:
            raise ValueError(f"No host and port in {address}")
        return cls(parts.hostname, parts.port, address)

    @property
    def port(self) -> int:
        if self._listener is None:
            raise RuntimeError("The proxy is not started.")
        return int(self._listener.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """The server's URL with the proxy's place in it."""
        host, port = self.target
        return self._address.replace(f"{host}:{port}", f"127.0.0.1:{self.port}")

    def cut_after(self, count: int, direction: Direction = TO_CLIENT) -> None:
        self._limits[direction] = count

    def blackhole(self) -> None:
        self._swallowing = True

    def refuse(self) -> None:
        self._refusing = True

    def refuse_sockets(self) -> None:
        self._refusing_sockets = True

    def reset(self) -> None:
        for link in list(self.links):
            link.reset()

    def heal(self) -> None:
        """Honest again, for what is connected and what will be. Swallowed bytes stay lost."""
        self.delay, self.bytes_per_second = 0.0, None
        self._limits.clear()
        self._swallowing = self._refusing = self._refusing_sockets = False

    async def start(self) -> Self:
        self._listener = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def stop(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self.reset()
            await self._listener.wait_closed()
            self._listener = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            send_reset(writer)
            return
        try:
            answers, server = await asyncio.open_connection(*self.target)
        except OSError:
            send_reset(writer)
            return
        link = Link(writer, server)
        self.links.add(link)
        try:
            await asyncio.gather(self._carry(reader, server, link, TO_SERVER), self._carry(answers, writer, link, TO_CLIENT))
        except OSError:
            link.reset()
        finally:
            self.links.discard(link)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, link: Link, direction: Direction) -> None:
        carried = 0
        while piece := await source.read(PIECE):
            await self._hold_up(piece)
            if self._refusing_sockets and b"upgrade: websocket" in piece.lower():
                link.reset()
                return
            limit = self._limits.get(direction)
            if limit is not None and carried + len(piece) >= limit:
                sink.write(piece[: max(0, limit - carried)])
                await sink.drain()
                link.reset()
                return
            carried += len(piece)
            if not self._swallowing:
                sink.write(piece)
                await sink.drain()
        sink.close()

    async def _hold_up(self, piece: bytes) -> None:
        pause = self.delay + (len(piece) / self.bytes_per_second if self.bytes_per_second else 0.0)
        if pause:
            await asyncio.sleep(pause)


def send_reset(writer: asyncio.StreamWriter) -> None:
    """Closes so that the other side sees a reset, not a polite end."""
    raw: socket.socket | None = writer.get_extra_info("socket")
    if raw is not None and not writer.is_closing():
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    abort: Callable[[], None] = writer.transport.abort
    abort()
