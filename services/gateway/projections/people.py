"""Colleagues: accounts and who is connected from the own log, availability from the desk's."""

from typing import Any

from shared.contracts.gateway import AccountCreated, AccountDeactivated, GatewayEvent, PresenceChanged, ProfileChanged
from shared.envelope import Recorded
from shared.postgres import Connection, write_each


async def keep(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Brings accounts up to date."""
    for recorded in batch:
        await _keep_one(connection, recorded.event)


async def _keep_one(connection: Connection, event: GatewayEvent) -> None:
    match event:
        case AccountCreated():
            await connection.execute(
                "insert into people (account_id, address, name, title, role, avatar) values ($1, $2, $3, $4, $5, $6)",
                event.account_id, event.address, event.name, event.title, event.role, event.avatar,
            )  # fmt: skip
        case ProfileChanged():
            await connection.execute(
                "update people set name = $2, title = $3, avatar = $4 where account_id = $1",
                event.account_id, event.name, event.title, event.avatar,
            )  # fmt: skip
        case AccountDeactivated():
            await connection.execute("update people set active = false where account_id = $1", event.account_id)
        case PresenceChanged():
            await connection.execute("update people set connected = $2 where account_id = $1", event.account_id, event.connected)


async def keep_availability(connection: Connection, batch: list[Recorded[Any]]) -> None:
    """Takes over who is available. The desk's events may come before the account's."""
    await write_each(
        connection,
        "insert into availability values ($1, $2) on conflict (account_id) do update set available = excluded.available",
        [(recorded.event.agent_id, recorded.event.available) for recorded in batch],
    )
