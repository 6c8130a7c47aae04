"""After every fault: all that was acknowledged is there once, in order, and the auditor is content."""

import asyncpg

from deploy.audit import audit
from shared.bus import Bus
from shared.mirror import find_stream
from tests.faults.clients import SAID, Clients, texts
from tests.parley import Parley
from tests.waiting import eventually

SERVICES = ("conversations", "routing", "bots")


async def check(parley: Parley, clients: Clients, conversations: list[str]) -> None:
    """Waits until everything has come to rest, then looks at everything."""
    for conversation_id in conversations:
        thread = await clients.thread(conversation_id)
        assert texts(thread) == list(SAID), conversation_id
        assert [raw.type for raw in thread].count("conversation_closed") == 1
        assert [raw.type for raw in thread].count("conversation_handed_over") == 1
        assert [raw.revision for raw in thread] == list(range(1, len(thread) + 1))
    await _acknowledged_is_kept(parley, clients)
    await eventually(lambda: _at_rest(parley, clients.bus), 60)
    await _loads_are_right(parley)
    assert await audit(parley.settings) == parley.never_run()


async def _acknowledged_is_kept(parley: Parley, clients: Clients) -> None:
    """Each acknowledged command's last event stands where the acknowledgement said; a repeat changed nothing."""
    connection = await asyncpg.connect(parley.postgres.url)
    kept: dict[str, int] = {}
    for service in SERVICES:
        rows = await connection.fetch(f"select command_id::text as id, max(position) as last from {service}.events group by 1")
        kept |= {row["id"]: row["last"] for row in rows}
    await connection.close()
    told = {command_id: position for command_id, position in clients.acknowledged.items() if position is not None}
    assert {command_id: kept.get(command_id) for command_id in told} == told


async def _at_rest(parley: Parley, bus: Bus) -> bool:
    """Every mirror holds its whole log, and every log has been heard by those who listen to it."""
    connection = await asyncpg.connect(parley.postgres.url)
    try:
        for service in SERVICES:
            head = await connection.fetchval(f"select position from {service}.log_head")
            info = await find_stream(bus.client.jetstream(), service)
            if info is None or info.state.last_seq != head:
                return False
        return await _desk_is_empty(connection)
    finally:
        await connection.close()


async def _desk_is_empty(connection: asyncpg.Connection) -> bool:
    """Every conversation that ended has left the desk: the longest chain of reactions has come to its end."""
    ended = "select count(*) from conversations.events where type = 'conversation_closed'"
    released = "select count(*) from routing.events where type = 'conversation_released'"
    return bool(await connection.fetchval(f"select ({ended}) = ({released})"))


async def _loads_are_right(parley: Parley) -> None:
    """The desk's log folds to nobody carrying anything: each conversation was routed once and released once."""
    connection = await asyncpg.connect(parley.postgres.url)
    twice = await connection.fetch(
        "select body ->> 'conversation_id' from routing.events where type in ('conversation_routed', 'conversation_released') "
        "group by body ->> 'conversation_id', type having count(*) > 1"
    )
    await connection.close()
    assert twice == []
