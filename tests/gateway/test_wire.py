"""A socket's way out: at once, or in order, or cut. Over a real pair of sockets, one end of which reads or does not."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import cast

import pytest

from services.gateway.live.wire import MOST_BYTES, MOST_FRAMES, LiveProtocol, Wire

STUFFING = b"." * 300_000
"""More than the sockets' own buffers take."""


class Sender(asyncio.Protocol):
    """The part of a server's protocol that a wire uses."""

    transport: asyncio.Transport
    on_writable: Callable[[], None] | None = None

    def __init__(self) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.disconnected = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()
        if self.on_writable:
            self.on_writable()

    def connection_lost(self, exc: Exception | None) -> None:
        self.disconnected = True
        self.writable.set()


@dataclass
class Line:
    """A wire and the browser at its other end."""

    wire: Wire
    sender: Sender
    browser: socket.socket
    cuts: list[str] = field(default_factory=list)

    async def reads(self, expected: bytes) -> None:
        """The browser gets exactly this."""
        loop, got = asyncio.get_running_loop(), b""
        async with asyncio.timeout(5):
            while len(got) < len(expected):
                got += await loop.sock_recv(self.browser, 1 << 20)
        assert got == expected

    async def is_stuffed(self) -> None:
        """The browser does not read, and nothing more can be written."""
        self.wire.push(STUFFING)
        await asyncio.sleep(0)
        assert not self.sender.writable.is_set()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    _, sender = await asyncio.get_running_loop().create_connection(Sender, sock=ours)
    cuts: list[str] = []
    yield Line(Wire(cast("LiveProtocol", sender), lambda: cuts.append("too slow")), sender, theirs, cuts)
    sender.transport.abort()
    theirs.close()


async def test_frames_go_at_once_while_the_browser_reads(line: Line) -> None:
    line.wire.push(b"1")
    line.wire.push(b"2")
    await line.reads(b"12")


async def test_frames_wait_in_order_while_it_does_not(line: Line) -> None:
    await line.is_stuffed()
    for frame in (b"1", b"2", b"3"):
        line.wire.push(frame)
    await line.reads(STUFFING + b"123")
    line.wire.push(b"4")
    await line.reads(b"4")
    assert line.cuts == []


async def test_too_many_frames_cut_it(line: Line) -> None:
    await line.is_stuffed()
    for _ in range(MOST_FRAMES):
        line.wire.push(b"x")
    assert line.cuts == []
    line.wire.push(b"x")
    assert line.cuts == ["too slow"]


async def test_too_many_bytes_cut_it(line: Line) -> None:
    await line.is_stuffed()
    line.wire.push(b"x" * MOST_BYTES)
    assert line.cuts == []
    line.wire.push(b"x")
    assert line.cuts == ["too slow"]


async def test_what_was_missed_goes_before_what_happens_meanwhile(line: Line) -> None:
    line.wire.hold()
    line.wire.push(b"new")
    await line.wire.send(b"missed, ")
    line.wire.release()
    await line.reads(b"missed, new")


async def test_nothing_but_the_goodbye_follows_what_was_under_way(line: Line) -> None:
    await line.is_stuffed()
    line.wire.push(b"waits")
    line.wire.shut(b"goodbye")
    line.wire.push(b"late")
    await line.reads(STUFFING + b"goodbye")


async def test_a_browser_that_is_gone_ends_the_catching_up(line: Line) -> None:
    line.sender.transport.abort()
    await asyncio.sleep(0)
    with pytest.raises(ConnectionError):
        await line.wire.send(b"x")
