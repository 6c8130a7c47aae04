"""Presence: leases say which gateway holds an open console of whom; coming and going become events, beats do not."""

import asyncio

import structlog

from services.gateway.directory import Directory
from services.gateway.live.fanout import Hub
from shared.clock import now
from shared.contracts.gateway import NotePresence
from shared.errors import Refused
from shared.eventlog import Trail
from shared.handling import CommandHandler
from shared.messages import new_id
from shared.postgres import LOST, borrowed

log = structlog.get_logger()

LEASE_SECONDS = 30
RENEWED_SECONDS = 10.0
LOOK_SECONDS = 5.0


class Presence:
    """Notes who comes and who has gone, at this gateway and for crashed ones."""

    def __init__(self, handler: CommandHandler, directory: Directory, hub: Hub) -> None:
        self._handler, self._directory, self._hub = handler, directory, hub
        self._gateway_id = new_id()
        self._polled: set[str] = set()

    async def arrived(self, account_id: str) -> None:
        """A console opened."""
        await self._lease({account_id})
        await self._note(account_id, connected=True)

    def polled(self, account_id: str) -> None:
        """A console came by: it counts as open until the next leases, also while it is between two polls."""
        self._polled.add(account_id)

    async def renew(self) -> None:
        """Keeps the leases of open consoles alive, and notes those of whom it was said too early that they had gone."""
        while True:
            await asyncio.sleep(RENEWED_SECONDS)
            try:
                accounts, self._polled = self._hub.accounts() | self._polled, set()
                await self._lease(accounts)
                for account_id in accounts:
                    if (person := self._directory.active(account_id)) and not person.connected:
                        await self._note(account_id, connected=True)
            except (Refused, *LOST) as away:
                log.info("presence_waits", error=repr(away))

    async def watch(self) -> None:
        """Notes colleagues whose last console has been gone for long enough."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                for account_id in await self._gone():
                    await self._note(account_id, connected=False)
            except (Refused, *LOST) as away:
                log.info("presence_waits", error=repr(away))

    async def _lease(self, accounts: set[str]) -> None:
        if accounts:
            async with borrowed(self._directory.pool) as connection:
                await connection.execute(
                    "insert into presence_leases select $1, account_id, now() + make_interval(secs => $3) "
                    "from unnest($2::uuid[]) as account_id "
                    "on conflict (gateway_id, account_id) do update set alive_until = excluded.alive_until",
                    self._gateway_id, list(accounts), LEASE_SECONDS,
                )  # fmt: skip

    async def _gone(self) -> list[str]:
        async with borrowed(self._directory.pool) as connection:
            await connection.execute("delete from presence_leases where alive_until < now() - interval '1 hour'")
            found = await connection.fetch(
                "select account_id::text from people p where connected and not exists "
                "(select 1 from presence_leases l where l.account_id = p.account_id and l.alive_until > now())"
            )
        return [record["account_id"] for record in found]

    async def _note(self, account_id: str, connected: bool) -> None:
        command_id = new_id()
        command = NotePresence(
            command_id=command_id, at=now(), actor="service:gateway", account_id=account_id, connected=connected
        )
        await self._handler.handle(command, Trail(command_id, command_id))
