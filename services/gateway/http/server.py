"""uvicorn inside the service: it listens once everything is ready, and leaves politely when the service does."""

import asyncio
import random
from socket import socket

import structlog
import uvicorn

from services.gateway.app import make_app
from services.gateway.gateway import Gateway
from services.gateway.http.addresses import Arrivals
from services.gateway.http.protocol import HttpProtocol
from services.gateway.live.wire import LiveProtocol
from shared.contracts.live import Goodbye

log = structlog.get_logger()

FRAME_BYTES = 256 * 1024
COME_BACK_MS = 2000
LEAVING_SECONDS = 5.0
PUBLIC_PORT = "the public port"


async def serve(gateway: Gateway) -> None:
    """Listens until cancelled, then leaves. Signals are the service's."""
    server = Listening(gateway)
    listening = asyncio.create_task(server._serve())
    try:
        await asyncio.shield(listening)
    except asyncio.CancelledError:
        await leave(gateway, server)
        await asyncio.wait([listening], timeout=LEAVING_SECONDS)
        raise


class Listening(uvicorn.Server):
    """The server; from the moment it listens, it is not what the service's readiness waits for."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(_config(gateway))
        self._awaited = gateway.parts.health.awaited

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begins to listen."""
        await super().startup(sockets)
        self._awaited.discard(PUBLIC_PORT)


def _config(gateway: Gateway) -> uvicorn.Config:
    settings = gateway.parts.settings
    proxies = [str(network) for network in settings.trusted_proxies]
    return uvicorn.Config(
        Arrivals(make_app(gateway), proxies), proxy_headers=False, host=settings.host, port=settings.port,
        http=HttpProtocol, ws=LiveProtocol, ws_max_size=FRAME_BYTES, ws_per_message_deflate=False,
        ws_ping_interval=None, log_config=None, log_level="warning", access_log=False,
        lifespan="off", server_header=False, backlog=4096, timeout_keep_alive=30, timeout_graceful_shutdown=3,
    )  # fmt: skip


async def leave(gateway: Gateway, server: uvicorn.Server) -> None:
    """Every socket hears when to come back, spread over two seconds; what is under way is finished; then nothing listens."""
    gateway.leaving.set()
    seats = list(gateway.hub.seats())
    log.info("goodbye", sockets=len(seats))
    for seat in seats:
        seat.leave(Goodbye(reason="draining", after_ms=random.randint(100, COME_BACK_MS)))
    server.should_exit = True
