"""The line of a poll: what is put into one answer. What does not fit is not lost, the client's next position asks for it."""

import asyncio

from services.gateway.live.frames import goodbye_frame
from services.gateway.live.wire import MOST_BYTES, MOST_FRAMES
from shared.contracts.live import Goodbye


class Full(ConnectionError):
    """Nothing more goes into this answer."""


class Basket:
    """At most 256 frames or 1 MiB, without a hole: after the first that does not fit, none is taken.

    `filled`: there is something to answer with. `ended`: nothing more is taken.
    """

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.filled, self.ended = asyncio.Event(), asyncio.Event()
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._held = False

    def push(self, frame: bytes) -> bool:
        """Puts a frame in. Not sure to be sent while held: what was missed may leave no room for it."""
        if self._held:
            self._waiting.append(frame)
            return False
        return self._take(frame)

    async def send(self, frame: bytes) -> None:
        """Puts a frame in, ahead of those that wait. Raises Full."""
        if not self._take(frame):
            raise Full

    def hold(self) -> None:
        """From now on pushed frames wait until `release`."""
        self._held = True

    def release(self) -> None:
        """What waited follows, in order."""
        self._held = False
        for frame in self._waiting:
            self._take(frame)

    def leave(self, goodbye: Goodbye, code: int) -> None:  # noqa: ARG002
        """The answer ends with a goodbye."""
        if not self.ended.is_set():
            self.frames.append(goodbye_frame(goodbye))
            self.abort()

    async def left(self) -> None:
        """There is nothing to wait for."""

    def abort(self) -> None:
        """Nothing more is taken."""
        self.ended.set()
        self.filled.set()

    def _take(self, frame: bytes) -> bool:
        self._bytes += len(frame)
        if self.frames and (len(self.frames) >= MOST_FRAMES or self._bytes > MOST_BYTES):
            self.ended.set()
        if not self.ended.is_set():
            self.frames.append(frame)
            self.filled.set()
        return not self.ended.is_set()
