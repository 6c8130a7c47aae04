"""One page's live connection in the hands of a test."""

from collections.abc import Callable
from functools import partial

from playwright.async_api import Page, WebSocketRoute

Frame = str | bytes


class Wire:
    """Between a console and the gateway: delays frames, changes them, or is cut. What it passes on is otherwise untouched."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []
        self.sent: Callable[[str], str] = str
        """What becomes of a frame the page sends."""
        self._until: str | None = None
        self._socket: WebSocketRoute | None = None

    @classmethod
    async def of(cls, page: Page) -> "Wire":
        """Loads the page again, with its connection led through here."""
        wire = cls()
        await page.route_web_socket("**/api/live", wire._lead)
        await page.reload()
        return wire

    def hold(self, words: str) -> None:
        """From the first frame with these words on, all that goes the same way waits."""
        self._until = words

    def release(self) -> None:
        """Lets go, in order, what was held."""
        self._until = None
        for let_go in self.held:
            let_go()
        self.held.clear()

    async def cut(self) -> None:
        """Breaks the connection; the page makes another."""
        assert self._socket is not None
        await self._socket.close(code=1001)

    def _lead(self, socket: WebSocketRoute) -> None:
        server, self._socket = socket.connect_to_server(), socket
        socket.on_message(self._passing(lambda frame: server.send(self.sent(str(frame)))))
        server.on_message(self._passing(socket.send))

    def _passing(self, send: Callable[[Frame], None]) -> Callable[[Frame], None]:
        holds = False

        def passes(frame: Frame) -> None:
            nonlocal holds
            holds = self._until is not None and (holds or self._until in str(frame))
            if holds:
                self.held.append(partial(send, frame))
            else:
                send(frame)

        return passes
