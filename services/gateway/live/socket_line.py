"""The line of an open socket."""

import asyncio
from contextlib import suppress

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from services.gateway.live.frames import goodbye_frame
from services.gateway.live.wire import Wire
from shared.contracts.live import Goodbye

log = structlog.get_logger()

CUT_SECONDS = 2.0


class SocketLine(Wire):
    """A wire that knows how to leave."""

    def __init__(self, websocket: WebSocket) -> None:
        super().__init__(websocket.scope["extensions"]["parley.protocol"], self._cut)
        self._websocket = websocket
        self._leaving: asyncio.Task[None] | None = None

    def leave(self, goodbye: Goodbye, code: int) -> None:
        """Says goodbye and closes; a client that does not take it in time is cut off."""
        if self._leaving is None:
            self.shut(goodbye_frame(goodbye))
            self._leaving = asyncio.create_task(self._close(code))

    async def left(self) -> None:
        """Writes what is ready, and waits until the goodbye is out, if there was one."""
        self._write()
        if self._leaving is not None:
            await self._leaving

    async def _close(self, code: int) -> None:
        asyncio.get_running_loop().call_later(CUT_SECONDS, self.abort)
        with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
            async with asyncio.timeout(CUT_SECONDS):
                await self._websocket.close(code)

    def _cut(self) -> None:
        log.info("too_slow", client=self._websocket.client)
        self.leave(Goodbye(reason="too_slow"), code=1008)
