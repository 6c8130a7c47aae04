"""What operators ask a running service: `/healthz` (alive), `/readyz` (works, and if not why), `/metrics` (Prometheus)."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
import uvicorn
from asyncpg import UndefinedTableError
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.bus import Bus
from shared.postgres import LOST, Pool
from shared.settings import Settings

STANDS_STILL = "the read model is not of this version: its projections wait for `parley rebuild {}`, or for another instance"


@dataclass
class Health:
    """Whether a service can do its work. `ready` is set once it has started and cleared when it drains.

    `model`: the version its read model should be of. `awaited`: what its workers have yet to open before it is ready.
    """

    service: str
    model: str
    awaited: set[str] = field(default_factory=set)
    ready: bool = False
    _watched: list[tuple[Pool, Bus]] = field(default_factory=list)

    def watch(self, pool: Pool, bus: Bus) -> None:
        """Looks at these two from now on."""
        self._watched.append((pool, bus))

    async def complaints(self) -> list[str]:
        """What is not as it should be; empty when all is well."""
        found = [] if self.ready else ["not started yet, or draining"]
        found += [f"{door} is not open yet" for door in sorted(self.awaited)]
        for pool, bus in self._watched:
            if not bus.client.is_connected:
                found.append("NATS is not connected")
            try:
                await asyncio.wait_for(pool.fetchval("select 1"), 2)
            except LOST as gone:
                found.append(f"PostgreSQL does not answer ({type(gone).__name__})")
        return found

    async def degraded(self) -> list[str]:
        """What works, but waits for an operator: events that could not be handled, and a read model nobody here may write."""
        found = []
        for pool, _ in self._watched:
            with suppress(*LOST, UndefinedTableError):
                async with asyncio.timeout(2):
                    rows = await pool.fetch("select consumer, count(*) as n from parked group by consumer")
                    found += [f"{row['n']} events are parked at {row['consumer']}" for row in rows]
                    if self.ready and await pool.fetchval("select version <> $1 from model", self.model):
                        found.append(STANDS_STILL.format(self.service))
        return found


async def serve_ops(settings: Settings, health: Health) -> None:
    """Listens on the operators' port for as long as the service lives."""

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await _respond(send, *(await _page(scope["path"], health)))

    config = uvicorn.Config(
        app,
        host=settings.ops_host,
        port=settings.ops_port,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # signals are service.py's
    await server._serve()


async def _page(path: str, health: Health) -> tuple[int, bytes, bytes]:
    match path:
        case "/healthz":
            return 200, b"application/json", orjson.dumps({"service": health.service, "alive": True})
        case "/readyz":
            complaints = await health.complaints()
            ready, degraded = not complaints, await health.degraded()
            body = orjson.dumps({"service": health.service, "ready": ready, "complaints": complaints, "degraded": degraded})
            return (503 if complaints else 200), b"application/json", body
        case "/metrics":
            return 200, CONTENT_TYPE_LATEST.encode(), generate_latest()
        case _:
            return 404, b"text/plain", b"/healthz /readyz /metrics\n"


async def _respond(send: Any, status: int, kind: bytes, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body})
