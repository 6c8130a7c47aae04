"""Parley as it is installed: six processes, one inbox, one channel without a bot, and as many agents as a load wants."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self

import httpx

from deploy.audit import audit
from services.gateway.accounts.credentials import set_password
from shared.bus import Bus, connect
from shared.clock import now
from shared.contracts.gateway import CreateAccount
from shared.contracts.inboxes import ChannelSettings, ConnectChannel, OpenInbox
from shared.messages import Command, new_id
from shared.postgres import open_pool
from tests.bench.load.plan import Plan, Visitor
from tests.parley import Parley

PASSWORD = "for the bench only"
ACTOR = "service:bench"
PAGE = {"url": "https://shop.example/bicycles", "title": "Bicycles"}
OURS = {"X-Parley": "1"}
CHANNEL = ChannelSettings(name="Bench", transcripts=False)
BEHIND = """
select count(*) from gateway_views.positions, conversations.log_head
where consumer = 'gateway_projection_conversations' and positions.position < log_head.position
"""


@dataclass(frozen=True)
class Rebuilt:
    """The operator's command that rebuilds the views, from beginning to end."""

    events: int
    seconds: float


class ParleySide:
    """Durable servers and all services."""

    def __init__(self, directory: Path) -> None:
        self.parley = Parley(directory, durable=True)
        self.inbox_id, self.channel_id = new_id(), new_id()
        self.filled: dict[int, Rebuilt] = {}
        self._cookies: list[str] = []

    def __enter__(self) -> Self:
        self.parley.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.parley.__exit__(kind, error, trace)

    def start(self) -> Self:
        """All services, the inbox and its channel; once."""
        if not self.parley.services:
            self.parley.start()
            asyncio.run(self._furnish())
        return self

    def plan(self, agents: int, visitors: int) -> Plan:
        """A load upon it: fresh visitors, agents who are signed in."""
        self._sign_in(agents)
        return Plan(url=self.parley.url, agents=self._cookies[:agents], visitors=[self._visitor() for _ in range(visitors)])

    def audited(self) -> list[str]:
        """What the auditor complains of, once the projections have caught up. Of a made-up past only two services know."""
        asyncio.run(self._until(BEHIND, 0))
        complaints = asyncio.run(audit(self.parley.settings))
        return [complaint for complaint in complaints if not self.filled or complaint.startswith(("conversations", "gateway"))]

    def cookie(self) -> str:
        """A signed-in agent's cookie header."""
        self._sign_in(1)
        return self._cookies[0]

    def wait_until_it_answers(self) -> None:
        """Returns once the gateway has heard from conversations, a moment after it is ready. TimeoutError after a minute."""
        give_up = monotonic() + 60
        while not self._answers():
            if monotonic() > give_up:
                raise TimeoutError("the gateway does not answer")
            sleep(0.05)

    def _answers(self) -> bool:
        try:
            answer = httpx.get(f"{self.parley.url}/api/conversations", headers={"Cookie": self.cookie()})
        except httpx.TransportError:
            return False
        return answer.status_code == httpx.codes.OK

    def _visitor(self) -> Visitor:
        opening = {"channel_id": self.channel_id, "page": PAGE}
        answer = httpx.post(f"{self.parley.url}/api/widget/session", json=opening).raise_for_status()
        return Visitor(token=answer.json()["token"], conversation_id=new_id())

    def _sign_in(self, agents: int) -> None:
        missing = range(len(self._cookies), agents)
        addresses = [f"agent{number}@parley.example" for number in missing]
        if addresses:
            asyncio.run(self._hire(addresses))
        for address in addresses:
            body = {"address": address, "password": PASSWORD}
            answer = httpx.post(f"{self.parley.url}/api/session", json=body, headers=OURS).raise_for_status()
            self._cookies.append(f"parley_session={answer.cookies['parley_session']}")

    async def _furnish(self) -> None:
        await self._command(
            "conversations",
            OpenInbox(**_meta(), inbox_id=self.inbox_id, name="Bench", fallback_address="bench@parley.example"),
            ConnectChannel(**_meta(), channel_id=self.channel_id, inbox_id=self.inbox_id, settings=CHANNEL),
        )  # fmt: skip
        await self._until(f"select count(*) from gateway_views.channels where channel_id = '{self.channel_id}'", 1)

    async def _hire(self, addresses: list[str]) -> None:
        accounts = [
            CreateAccount(**_meta(), account_id=new_id(), address=address, name=address.partition("@")[0], capacity=100)
            for address in addresses
        ]
        await self._command("gateway", *accounts)
        emails = ", ".join(f"'{address}'" for address in addresses)
        await self._until(f"select count(*) from gateway_views.people where address in ({emails})", len(addresses))
        pool = await open_pool(self.parley.settings, "gateway", size=2)
        for address in addresses:
            await set_password(pool, address, PASSWORD)
        await pool.close()

    async def _command(self, service: str, *commands: Command) -> None:
        client = await connect(self.parley.settings, "bench")
        for command in commands:
            await Bus(client).ask(service, command)
        await client.close()

    async def _until(self, question: str, answer: int) -> None:
        pool = await open_pool(self.parley.settings, "gateway", size=2)
        async with asyncio.timeout(15):
            while await pool.fetchval(question) != answer:
                await asyncio.sleep(0.02)
        await pool.close()


def _meta() -> dict[str, Any]:
    return {"command_id": new_id(), "at": now(), "actor": ACTOR}
