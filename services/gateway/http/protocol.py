"""HTTP from strangers: a request's head is neither endless nor eternal. (uvicorn's own protocol bounds neither.)"""

import asyncio

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger()

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10.0


class HttpProtocol(HttpToolsProtocol):
    """Cuts whoever sends a head (or a trailer) of more than 64 KiB, or does not finish one within 10 seconds."""

    _useless = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Somebody connects: the first head is awaited."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Counts what has brought neither a whole head nor a piece of a body."""
        self._useless += len(data)
        if self._timer is None and self._between_requests():
            self._await_head()
        super().data_received(data)
        if self._useless > HEAD_BYTES and not self.transport.is_closing():
            log.info("head_too_large")
            self.send_400_response("The request's head is too large.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._head_is_there()
        super().connection_lost(exc)

    def on_headers_complete(self) -> None:
        """A head is whole."""
        self._head_is_there()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body, whose size the application limits."""
        self._useless = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole; another may follow."""
        self._useless = 0
        super().on_message_complete()

    def _between_requests(self) -> bool:
        return self.cycle.response_complete

    def _await_head(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _head_is_there(self) -> None:
        self._useless = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
