"""A seat's way out, whatever it is made of: an open socket, or the answer that a poll waits for."""

from typing import Protocol

from shared.contracts.live import Goodbye


class Line(Protocol):
    """Takes ready-made frames, in order."""

    def push(self, frame: bytes) -> bool:
        """Sends a frame, now or as soon as it can be taken. Answers whether it is sure to be sent."""

    async def send(self, frame: bytes) -> None:
        """Sends a frame ahead of those that wait. Raises ConnectionError when nothing more can be sent."""

    def hold(self) -> None:
        """From now on pushed frames wait until `release`."""

    def release(self) -> None:
        """What waited follows, in order."""

    def leave(self, goodbye: Goodbye, code: int) -> None:
        """Says goodbye and ends; nothing follows. `code` is a socket's (RFC 6455)."""

    async def left(self) -> None:
        """Waits until what can be sent is out: nothing follows a socket's close frame."""

    def abort(self) -> None:
        """Ends at once."""
