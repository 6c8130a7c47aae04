"""Clients that never give up: a scripted load, every command asked again with the same id until it is answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from shared.bus import Bus
from shared.clock import now
from shared.contracts.bots import PublishBot
from shared.contracts.routing import JoinDesk, NoteConnection
from shared.contracts.values import Author
from shared.envelope import Raw
from shared.errors import RefusedElsewhere, Unavailable
from shared.messages import Command, new_id
from shared.reading import whole_stream
from tests.examples import (
    BEN,
    FLOW,
    LARCH,
    MIRA,
    TOMAS,
    ana_is_met,
    ana_starts_with_larch,
    asked_by,
    asked_by_service,
    ben_closes,
    says,
)  # fmt: skip
from tests.waiting import eventually

AGENTS = {who.id: who for who in (BEN, MIRA, TOMAS)}
PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 90.0

SAID = (
    "Hello! Sales or support?", "Support", "What is your e-mail address?", "ana@home.example", "Thank you.",
    "Somebody will be here in a moment.", "I am here", "How can I help?", "Is it in stock?", "In red?", "Yes, both.",
)  # fmt: skip
"""The whole thread of each scripted conversation, in order, whatever crashed meanwhile."""


@dataclass
class Clients:
    """Some visitors and the agents who answer them."""

    bus: Bus
    acknowledged: dict[str, int | None] = field(default_factory=dict)
    refused: int = 0
    slowest_refusal: float = 0.0

    async def insist(self, service: str, command: Command) -> int | None:
        """The position it is acknowledged with, however often it has to be asked."""
        while True:
            began = asyncio.get_running_loop().time()
            try:
                position: int | None = (await self.bus.ask(service, command))["accepted"]
            except Unavailable:
                self._note_refusal(began)
            except RefusedElsewhere as no:
                if no.problem().status != 503:
                    raise
                self._note_refusal(began)
            else:
                self.acknowledged[command.command_id] = position
                return position
            await asyncio.sleep(PAUSE_SECONDS)

    def _note_refusal(self, began: float) -> None:
        self.refused += 1
        self.slowest_refusal = max(self.slowest_refusal, asyncio.get_running_loop().time() - began)

    async def reach(self, count: int) -> None:
        """Waits until so many commands more have been acknowledged."""
        goal = len(self.acknowledged) + count
        await eventually(lambda: len(self.acknowledged) >= goal, PATIENCE_SECONDS)

    async def open_the_shop(self) -> None:
        """Larch is published, everybody is at the desk."""
        publish = PublishBot(**asked_by_service("tests", now()), bot_id=LARCH.id, name=LARCH.name, flow=FLOW)
        await self.insist("bots", publish)
        for who in AGENTS.values():
            await self.insist(
                "routing", JoinDesk(**asked_by_service("tests", now()), agent_id=who.id, name=who.name, capacity=100)
            )
            await self.insist("routing", NoteConnection(**asked_by_service("tests", now()), agent_id=who.id, connected=True))

    async def thread(self, conversation_id: str) -> list[Raw]:
        """The conversation as its owner tells it; nothing while the owner is away."""
        began = asyncio.get_running_loop().time()
        try:
            return await whole_stream(self.bus, "conversations", f"conversation-{conversation_id}")
        except (Unavailable, RefusedElsewhere):
            self._note_refusal(began)
            return []

    async def talk(self) -> str:
        """One conversation from greeting to end: bot, address, hand-over, routing, people. Its id."""
        visitor = Author(kind="visitor", id=new_id(), name="Ana Horvat")
        talk = Talk(self, visitor, new_id())
        await talk.begin()
        owner = AGENTS[await talk.owner()]
        for author, text in ((owner, SAID[6]), (owner, SAID[7]), (visitor, SAID[8]), (visitor, SAID[9]), (owner, SAID[10])):
            await talk.say(author, text)
        close = ben_closes(**asked_by(owner, now()), conversation_id=talk.conversation_id, closed_by=owner)
        await self.insist("conversations", close)
        return talk.conversation_id


@dataclass
class Talk:
    """One visitor's conversation."""

    clients: Clients
    visitor: Author
    conversation_id: str

    async def begin(self) -> None:
        """Meets, chooses support, gives an address."""
        met = ana_is_met(**asked_by(self.visitor, now()), contact_id=self.visitor.id)
        start = ana_starts_with_larch(
            **asked_by(self.visitor, now()), contact_id=self.visitor.id, conversation_id=self.conversation_id
        )
        shown = (start.greeting[0].model_copy(update={"content": start.content.model_copy(update={"text": SAID[0]})}),)
        await self.clients.insist("conversations", met)
        await self.clients.insist("conversations", start.model_copy(update={"greeting": shown}))
        await eventually(lambda: self._has(SAID[2]), PATIENCE_SECONDS)
        await self.say(self.visitor, SAID[3])

    async def say(self, author: Author, text: str) -> None:
        await self.clients.insist("conversations", says(author, text, conversation_id=self.conversation_id, at=now()))

    async def owner(self) -> str:
        """Who has it, once routing has chosen."""
        found: str = await eventually(self._owner, PATIENCE_SECONDS)
        return found

    async def _owner(self) -> str:
        thread = await self.clients.thread(self.conversation_id)
        return next((body(raw)["assignee"]["id"] for raw in thread if raw.type == "conversation_assigned"), "")

    async def _has(self, text: str) -> bool:
        return text in texts(await self.clients.thread(self.conversation_id))


def body(raw: Raw) -> Any:
    """What the event says."""
    return orjson.loads(raw.body)


def texts(thread: Sequence[Raw]) -> list[str]:
    """What was said, in order."""
    return [body(raw)["content"]["text"] for raw in thread if raw.type == "message_posted"]
