"""Of the log: positions 1..N without a hole, revisions contiguous in every stream, one effect per command."""

import asyncpg

CHECKS = {
    "positions have a hole or begin late": """
        select count(*) from (select count(*) as n, min(position) as first, max(position) as last from events) e, log_head h
        where not (e.n = h.position and (e.n = 0 or (e.first = 1 and e.last = h.position)))
    """,
    "streams whose revisions are not contiguous": """
        select count(*) from (
            select stream_id from events group by stream_id having min(revision) <> 1 or max(revision) <> count(*)
        ) s
    """,
    "streams whose revisions and positions are in another order": """
        select count(*) from (
            select revision, row_number() over (partition by stream_id order by position) as n from events
        ) e where revision <> n
    """,
    "commands without exactly one first event": """
        select count(*) from (
            select command_id from events group by command_id
            having count(*) filter (where event_id = command_id) <> 1 or count(distinct stream_id) <> 1
        ) c
    """,
}


async def audit_log(pool: asyncpg.Pool, service: str) -> list[str]:
    """What is wrong with a service's log."""
    found = {text: await pool.fetchval(sql) for text, sql in CHECKS.items()}
    return [f"{service}: {text} ({n})" for text, n in found.items() if n]
