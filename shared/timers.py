"""Durable timers: rows `due_at` with the command they will send, fired once, by whichever instance is there.

A timer row is derived from events (`set_timer`, `clear_timer` in a projection), so a rebuild makes it again. The command's id is
derived from the timer's id: fired twice, it has its effect once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from pydantic import TypeAdapter

from shared.clock import now
from shared.errors import Refused, Unavailable
from shared.eventlog import Trail
from shared.handling import CommandHandler
from shared.messages import Command, derived_id
from shared.postgres import LOST, Connection, Pool, borrowed

log = structlog.get_logger()

EVERY_SECONDS = 0.25
PUT_OFF = timedelta(minutes=1)
TIMERS_SQL = """
create table if not exists timers (
    timer_id text primary key,
    due_at timestamptz not null,
    command jsonb not null,
    cause uuid not null
);
create index if not exists timers_due on timers (due_at);
"""


async def set_timer(connection: Connection, timer_id: str, due_at: datetime, command: Command, cause: str) -> None:
    """Sets the timer, in place of one with the same id. `cause` is the event it follows from."""
    await connection.execute(
        "insert into timers values ($1, $2, $3, $4::uuid) "
        "on conflict (timer_id) do update set due_at = $2, command = $3, cause = $4::uuid",
        timer_id, due_at, command.model_dump(mode="json"), cause,
    )  # fmt: skip


async def clear_timer(connection: Connection, timer_id: str) -> None:
    """The timer is not wanted any more."""
    await connection.execute("delete from timers where timer_id = $1", timer_id)


class Timers:
    """Fires what is due, once `heard` says that all that happened before has been heard.

    After a time away an answer may wait in the log that a time-out, long due, would overtake.
    """

    def __init__(
        self, pool: Pool, handler: CommandHandler, commands: TypeAdapter[Any], heard: Callable[[], Awaitable[None]]
    ) -> None:
        self._pool, self._handler, self._commands, self._heard = pool, handler, commands, heard

    async def run(self) -> None:
        """Looks every quarter of a second."""
        while True:
            try:
                await self._fire_all(now())
            except (Unavailable, *LOST) as gone:
                log.warning("timers_wait", error=repr(gone))
            await asyncio.sleep(EVERY_SECONDS)

    async def _fire_all(self, moment: datetime) -> None:
        if not await self._pool.fetchval("select exists (select from timers where due_at <= $1)", moment):
            return
        await self._heard()
        while await self._fire_one(moment):
            pass

    async def _fire_one(self, moment: datetime) -> bool:
        async with borrowed(self._pool) as connection, connection.transaction():
            row = await connection.fetchrow(
                "select timer_id, command, cause::text from timers where due_at <= $1 "
                "order by due_at limit 1 for update skip locked",
                moment,
            )
            if row is None:
                return False
            try:
                await self._send(row)
            except (Unavailable, *LOST):
                raise
            except Exception:
                log.exception("timer_put_off", timer_id=row["timer_id"])  # it must not hold up the others
                await connection.execute("update timers set due_at = $2 where timer_id = $1", row["timer_id"], now() + PUT_OFF)
            else:
                await clear_timer(connection, row["timer_id"])
            return True

    async def _send(self, row: Any) -> None:
        body = row["command"] | {"at": now(), "command_id": derived_id(row["cause"], row["timer_id"])}
        try:
            await self._handler.handle(self._commands.validate_python(body), Trail(row["cause"], row["cause"]))
        except Unavailable:
            raise
        except Refused as no:
            log.info("timer_void", timer_id=row["timer_id"], code=no.code())
