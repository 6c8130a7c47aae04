"""The auditor: does everything Parley keeps agree with its logs? Run after every fault test, and in production by an operator.

`python -m deploy.parley audit` prints what it finds; `await audit(settings)` answers with it. An empty answer is a promise kept.
"""

import asyncpg

from deploy.audit.ledgers import audit_ledgers
from deploy.audit.log import audit_log
from deploy.audit.mirror import audit_mirror
from deploy.audit.positions import audit_positions
from deploy.audit.views import audit_views
from deploy.wiring import services
from shared.bus import Bus, connect
from shared.postgres import open_pool
from shared.service import Service
from shared.settings import Settings


async def audit(settings: Settings) -> list[str]:
    """Every complaint, in words an operator can act on. Services may be running or not; NATS and PostgreSQL must be there."""
    complaints: list[str] = []
    client = await connect(settings, "audit")
    try:
        for service in services():
            pool = await open_pool(settings, service.name, size=2)
            try:
                complaints += await _audit(pool, Bus(client), service)
            finally:
                await pool.close()
    finally:
        await client.close()
    return complaints


async def _audit(pool: asyncpg.Pool, bus: Bus, service: Service) -> list[str]:
    if not await _exists(pool, service.name):
        return [f"{service.name}: has never run here; start it"]
    return [
        *await audit_log(pool, service.name),
        *await audit_mirror(pool, bus, service.name),
        *await audit_positions(pool, service),
        *await audit_views(pool, service),
        *await audit_ledgers(pool, service.name),
    ]


async def _exists(pool: asyncpg.Pool, service: str) -> bool:
    return await pool.fetchval("select to_regclass($1)", f"{service}.events") is not None


__all__ = ["audit"]
