"""PostgreSQL connections with every timeout set, and the few statements services share.

A service has two schemas: `<service>` holds its log and what must never be thrown away; `<service>_views` its read model,
which can be dropped and rebuilt at any time. Unqualified names are found in the views first.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
import structlog
from asyncpg.pool import PoolConnectionProxy

from shared.errors import Unavailable
from shared.settings import Settings

log = structlog.get_logger()

Connection = asyncpg.Connection | PoolConnectionProxy
Pool = asyncpg.Pool

ACQUIRE_SECONDS = 3.0
LOST = (
    OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError, asyncpg.TransactionRollbackError, asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError, asyncpg.PostgresSystemError,
)  # fmt: skip
"""Errors that mean the database cannot do it now: away, starting, full, busy, read-only. They are never the message's fault."""


def schemas(service: str, views: str | None = None) -> str:
    """The search path of a service."""
    return f"{views or service + '_views'},{service}"


async def open_pool(settings: Settings, service: str, views: str | None = None, size: int | None = None) -> Pool:
    """A pool whose connections see the service's schemas. Raises one of `LOST` when PostgreSQL is not there."""
    most = size or settings.database_connections
    return await asyncpg.create_pool(
        settings.database_url.get_secret_value(),
        min_size=min(2, most),
        max_size=most,
        timeout=5,
        command_timeout=30,
        init=_prepare,
        reset=_as_it_is,
        server_settings={
            "search_path": schemas(service, views),
            "application_name": f"parley-{service}",
            "statement_timeout": "30000",
            "lock_timeout": "10000",
            "idle_in_transaction_session_timeout": "60000",
            "timezone": "UTC",
            "jit": "off",
        },
    )


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=lambda value: orjson.dumps(value).decode(), decoder=orjson.loads
    )


async def _as_it_is(_connection: Any) -> None:
    """No `RESET ALL` at each return, a whole round trip: who changes a session's settings puts them back."""


async def write_each(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Executes it for every row; without one it costs nothing, where asyncpg's `executemany` would go and prepare."""
    if there := list(rows):
        await connection.executemany(statement, there)


@asynccontextmanager
async def borrowed(pool: Pool) -> AsyncIterator[Connection]:
    """A connection within three seconds. Raises `Unavailable` when there is none to be had, or when it is lost: nobody hangs."""
    try:
        connection = await pool.acquire(timeout=ACQUIRE_SECONDS)
    except LOST as lost:
        raise Unavailable(f"the database does not answer ({type(lost).__name__})") from lost
    try:
        yield connection
    except LOST as lost:
        raise Unavailable(f"the database went away ({type(lost).__name__})") from lost
    finally:
        await pool.release(connection)
