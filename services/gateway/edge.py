"""The gateway's jobs, as the service runs them; whichever begins first puts the gateway together."""

import asyncio

from services.gateway.gateway import Gateway, prepare, put_together
from services.gateway.http.server import serve
from services.gateway.live.announcing import Announcer
from services.gateway.live.pulse import beat
from shared.service import Parts


class Edge:
    """One gateway process."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._one_at_a_time = asyncio.Lock()
        self._gateway: Gateway | None = None

    async def open(self, parts: Parts) -> Gateway:
        """The gateway, prepared."""
        async with self._one_at_a_time:
            if self._gateway is None:
                gateway = put_together(parts)
                await prepare(gateway)
                self._gateway = gateway
            return self._gateway

    async def http(self, parts: Parts) -> None:
        """Listens for browsers."""
        await serve(await self.open(parts))

    async def follow(self, parts: Parts) -> None:
        """Follows what happens in conversations."""
        await (await self.open(parts)).follower.run()

    async def announce(self, parts: Parts) -> None:
        """Tells all gateways what this one's projections committed."""
        await self._announcer.run((await self.open(parts)).signals)

    async def tell(self, parts: Parts) -> None:
        """Sends consoles their whole states."""
        await (await self.open(parts)).news.run()

    async def keep_company(self, parts: Parts) -> None:
        """Passes on who types and who looks."""
        await (await self.open(parts)).company.run()

    async def pulse(self, parts: Parts) -> None:
        """Heartbeats."""
        gateway = await self.open(parts)
        await beat(gateway.hub, gateway.follower)

    async def renew_presence(self, parts: Parts) -> None:
        """Says whose consoles are open here."""
        await (await self.open(parts)).presence.renew()

    async def watch_presence(self, parts: Parts) -> None:
        """Notes who has gone."""
        await (await self.open(parts)).presence.watch()
