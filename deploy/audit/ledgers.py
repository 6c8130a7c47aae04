"""Of what is done outside, and of what could not be done: nothing sent twice unsaid, nothing parked unseen."""

import asyncpg

SENT_TWICE = """
    select count(*) from (
        select stream_id from events where type = 'delivery_sent' group by stream_id having count(*) > 1
    ) d
"""


async def audit_ledgers(pool: asyncpg.Pool, service: str) -> list[str]:
    """Deliveries recorded as sent more than once, and events that wait for an operator."""
    complaints = []
    if service == "notifications" and (twice := await pool.fetchval(SENT_TWICE)):
        complaints.append(f"{service}: {twice} deliveries were recorded as sent more than once")
    parked = await pool.fetch("select consumer, count(*) as n from parked group by consumer")
    return complaints + [f"{service}: {row['n']} events are parked at {row['consumer']}; see: parley dead list" for row in parked]
