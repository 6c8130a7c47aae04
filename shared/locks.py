"""One active instance per role: PostgreSQL advisory locks, all of a process on one connection of its own.

A lock is held exactly as long as that connection lives; when it is lost, every role of the process is, and others take over.
PostgreSQL ends a connection that has been silent: a frozen process or a lost machine would keep its roles for hours.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg
import structlog

from shared.postgres import LOST
from shared.settings import Settings

log = structlog.get_logger()

STANDBY_SECONDS = 0.5
PROBE_SECONDS = 2.0
LEASE_SECONDS = 10


class Locks:
    """The roles of one process."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._settings, self._service = settings, service
        self._connection: asyncpg.Connection | None = None
        self._one_at_a_time = asyncio.Lock()
        self._held: set[asyncio.Event] = set()

    @asynccontextmanager
    async def held(self, role: str) -> AsyncIterator[asyncio.Event]:
        """Waits for a role, then holds it. The event is set while it is surely held."""
        while not await self._ask("select pg_try_advisory_lock(hashtextextended($1, 0))", f"{self._service}/{role}"):
            await asyncio.sleep(STANDBY_SECONDS)
        holds = asyncio.Event()
        holds.set()
        self._held.add(holds)
        log.info("role_taken", role=role)
        try:
            yield holds
        finally:
            self._held.discard(holds)
            if holds.is_set():
                await self._ask("select pg_advisory_unlock(hashtextextended($1, 0))", f"{self._service}/{role}")

    async def run(self) -> None:
        """Probes the connection: a half-open one does not say so by itself."""
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            if self._connection is not None:
                await self._ask("select true")

    async def _ask(self, sql: str, *arguments: str) -> bool:
        """A yes or no from the lock connection; no when it is lost, and then no role is held."""
        async with self._one_at_a_time:
            try:
                if self._connection is None or self._connection.is_closed():
                    self._lose()
                    self._connection = await self._connect()
                return bool(await self._connection.fetchval(sql, *arguments))
            except LOST as gone:
                log.warning("locks_not_reachable", error=repr(gone))
                self._lose()
                return False

    async def _connect(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(
            self._settings.database_url.get_secret_value(), timeout=5, command_timeout=5,
            server_settings={
                "application_name": f"parley-{self._service}-locks",
                "idle_session_timeout": f"{LEASE_SECONDS}s",
            },
        )  # fmt: skip
        connection.add_termination_listener(lambda _: self._lose(connection))
        return connection

    def _lose(self, gone: asyncpg.Connection | None = None) -> None:
        if gone is not None and gone is not self._connection:
            return
        for holds in self._held:
            holds.clear()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(*LOST):
                connection.terminate()

    async def close(self) -> None:
        """Lets go of everything."""
        async with self._one_at_a_time:
            self._lose()
