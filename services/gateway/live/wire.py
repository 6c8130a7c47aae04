"""A socket's way out. Frames are written at once while the other side reads; else they wait here, and not for long.

Ready-made frames go straight to the transport, those of one turn of the event loop together: with many sockets per event and
many events per turn that is what keeps the gateway cheap.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from socket import SO_SNDBUF, SOL_SOCKET
from typing import cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MOST_FRAMES = 256
MOST_BYTES = 1024 * 1024
KERNEL_BYTES = 128 * 1024


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which also hands its transport to the wire."""

    on_writable: Callable[[], None] | None = None

    async def run_asgi(self) -> None:
        """Runs the application with this protocol within its reach.

        The kernel's own buffer is bounded too: it would grow to megabytes for a client that never reads.
        """
        if (sock := self.transport.get_extra_info("socket")) is not None:
            sock.setsockopt(SOL_SOCKET, SO_SNDBUF, KERNEL_BYTES)
        self.scope["extensions"]["parley.protocol"] = cast("dict[object, object]", self)
        await super().run_asgi()

    def resume_writing(self) -> None:
        """The other side reads again."""
        super().resume_writing()
        if self.on_writable:
            self.on_writable()


class Wire:
    """Frames on their way to one browser. `too_slow` is called once when 256 frames or 1 MiB wait."""

    def __init__(self, protocol: LiveProtocol, too_slow: Callable[[], None]) -> None:
        self._protocol, self._too_slow = protocol, too_slow
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._ready: list[bytes] = []
        self._held = self._shut = False
        protocol.on_writable = self._flush

    def push(self, frame: bytes) -> bool:
        """Sends a frame, now or as soon as it can be taken. False: nothing is sent any more."""
        if self._shut:
            return False
        if self._held or self._waiting or not self._protocol.writable.is_set():
            self._wait(frame)
        else:
            self._write_soon(frame)
        return True

    async def send(self, frame: bytes) -> None:
        """Sends a frame ahead of those that wait, at the pace of the other side. Raises ConnectionError when it is gone."""
        await self._protocol.writable.wait()
        if self._protocol.disconnected or self._shut:
            raise ConnectionError("the socket is closed")
        self._write(frame)

    def hold(self) -> None:
        """From now on pushed frames wait until `release`."""
        self._held = True

    def release(self) -> None:
        """What waited follows, in order."""
        self._held = False
        self._flush()

    def shut(self, last: bytes) -> None:
        """Sends a last frame; nothing follows it, and what waited is dropped: the client will ask for it again."""
        if not self._shut:
            self._waiting.clear()
            self._write(last)
            self._shut = True

    def abort(self) -> None:
        """Cuts the connection, whatever is still unsent."""
        self._shut = True
        self._protocol.transport.abort()

    def _wait(self, frame: bytes) -> None:
        self._waiting.append(frame)
        self._bytes += len(frame)
        if len(self._waiting) > MOST_FRAMES or self._bytes > MOST_BYTES:
            self._waiting.clear()
            self._too_slow()

    def _flush(self) -> None:
        while self._waiting and not self._held and self._protocol.writable.is_set():
            frame = self._waiting.popleft()
            self._bytes -= len(frame)
            self._write(frame)

    def _write_soon(self, frame: bytes) -> None:
        if not self._ready:
            asyncio.get_running_loop().call_soon(self._write)
        self._ready.append(frame)
        if len(self._ready) == MOST_FRAMES:
            self._write()

    def _write(self, frame: bytes = b"") -> None:
        together, self._ready = b"".join([*self._ready, frame]), []
        if together and not self._protocol.transport.is_closing():
            self._protocol.transport.write(together)
