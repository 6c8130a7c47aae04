"""Of the consumers: none has come further than the log it hears. One that has would miss what the log says from here on."""

import asyncpg

from shared.service import Hears, Projects, Service, consumer_name


async def audit_positions(pool: asyncpg.Pool, service: Service) -> list[str]:
    """The consumers that are ahead, as after a restore of one service without the others."""
    complaints = []
    consumers: list[Hears | Projects] = [*service.hears, *service.projects]
    for heard in consumers:
        name, schema = consumer_name(service.name, heard), service.name if isinstance(heard, Hears) else f"{service.name}_views"
        position = await _number(pool, f"{schema}.positions", "where consumer = $1", name)
        head = await _number(pool, f"{heard.source}.log_head")
        if position > head:
            complaints.append(f"{service.name}: {name} is at {position}, but {heard.source} ends at {head}")
    return complaints


async def _number(pool: asyncpg.Pool, table: str, where: str = "", *values: str) -> int:
    """0 where there is no such table or row."""
    if await pool.fetchval("select to_regclass($1)", table) is None:
        return 0
    return int(await pool.fetchval(f"select position from {table} {where}", *values) or 0)
