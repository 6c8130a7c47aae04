"""A shop with a chat on its site: an inbox, a channel, and Ana who writes; spoken to over the real bus."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from shared.bus import Bus
from shared.contracts.contacts import IdentifyContact, MeetContact
from shared.contracts.conversations import AddComment, CloseConversation, PostMessage, ReopenConversation, StartConversation
from shared.contracts.inboxes import Appearance, ChangeChannel, ChannelSettings, ConnectChannel, OpenInbox
from shared.contracts.notifications import NotificationsEvent
from shared.contracts.transcripts import TranscriptsEvent
from shared.contracts.values import BotRef, Content
from shared.messages import Command, derived_id, new_id
from shared.reading import whole_stream
from tests.examples import ANA, BEN, LARCH, SHOP, asked_by, says

FALLBACK = "support@spoke-and-larch.example"
TRANSCRIPTS: TypeAdapter[TranscriptsEvent] = TypeAdapter(TranscriptsEvent)
NOTIFICATIONS: TypeAdapter[NotificationsEvent] = TypeAdapter(NotificationsEvent)


class Shop:
    """One inbox with one channel, made anew for each test; every conversation is a new one."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.inbox_id, self.channel_id = new_id(), new_id()
        self.ana = ANA.model_copy(update={"id": new_id()})
        self.address = f"ana-{self.ana.id}@home.example"

    async def ask(self, command: Command) -> None:
        """Conversations does it."""
        await self.bus.ask("conversations", command)

    async def open(self, **settings: Any) -> "Shop":
        """Its doors open. `settings` are the channel's."""
        await self.ask(OpenInbox(**asked_by(BEN), inbox_id=self.inbox_id, name="Support", fallback_address=FALLBACK))
        await self.ask(
            ConnectChannel(**asked_by(BEN), channel_id=self.channel_id, inbox_id=self.inbox_id, settings=_web(settings))
        )
        await self.ask(MeetContact(**asked_by(self.ana), contact_id=self.ana.id, name=ANA.name))
        return self

    async def change(self, **settings: Any) -> None:
        """Its channel has these settings now."""
        await self.ask(ChangeChannel(**asked_by(BEN), channel_id=self.channel_id, settings=_web(settings)))

    async def knows_her_address(self, address: str = "") -> None:
        """Ana has told it; hers alone, unless another is named."""
        address = address or self.address
        await self.ask(IdentifyContact(**asked_by(self.ana), contact_id=self.ana.id, address=address, source="widget"))

    async def chat(self, *, bot: bool = False, locale: str = "en") -> str:
        """Ana writes, Ben answers (the bot, if `bot`); answers with the conversation."""
        conversation_id = new_id()
        await self.ask(
            StartConversation(
                **asked_by(self.ana), conversation_id=conversation_id, contact_id=self.ana.id, contact_name=ANA.name,
                inbox_id=self.inbox_id, channel_id=self.channel_id, page=SHOP, locale=locale, time_zone="Europe/Berlin",
                message_id=new_id(), content=Content(text="Is the Fell 3 in stock?"),
                bot=BotRef(id=LARCH.id, name=LARCH.name, version=1) if bot else None,
            )
        )  # fmt: skip
        if not bot:
            await self.ask(says(BEN, "Yes, in 52 and 54.", conversation_id=conversation_id))
        return conversation_id

    async def say(self, text: str, conversation_id: str) -> None:
        """Ana goes on."""
        await self.ask(PostMessage(**asked_by(self.ana), conversation_id=conversation_id, message_id=new_id(), author=self.ana,
                                   content=Content(text=text)))  # fmt: skip

    async def note(self, text: str, conversation_id: str, *mentions: str) -> AddComment:
        """Ben writes a comment."""
        comment = AddComment(**asked_by(BEN), conversation_id=conversation_id, message_id=new_id(), author=BEN,
                             content=Content(text=text), mentions=mentions)  # fmt: skip
        await self.ask(comment)
        return comment

    async def close(self, conversation_id: str, by: str = "agent") -> str:
        """It ends; answers with the id of its transcript."""
        if by == "agent":
            command = CloseConversation(**asked_by(BEN), conversation_id=conversation_id, closed_by=BEN)
        else:
            command = CloseConversation(**asked_by(BEN), conversation_id=conversation_id, by="bot", reason="visitor_inactive")
        await self.ask(command)
        return derived_id(command.command_id, "transcript")

    async def reopen(self, conversation_id: str) -> None:
        """Ben opens it again."""
        await self.ask(ReopenConversation(**asked_by(BEN), conversation_id=conversation_id))

    async def ended_chat(self, **how: Any) -> str:
        """A whole conversation; answers with the id of its transcript."""
        return await self.close(await self.chat(**how))


def _web(settings: dict[str, Any]) -> ChannelSettings:
    return ChannelSettings(name="Web", appearance=Appearance(company="Spoke & Larch"), **settings)


async def transcript_events(bus: Bus, transcript_id: str) -> list[Any]:
    """What happened to a transcript so far."""
    return [raw.read(TRANSCRIPTS).event for raw in await whole_stream(bus, "transcripts", f"transcript-{transcript_id}")]


async def delivery_events(bus: Bus, transcript_id: str) -> list[Any]:
    """What happened to its mail so far."""
    stream_id = f"delivery-{derived_id(transcript_id, 'delivery')}"
    return [raw.read(NOTIFICATIONS).event for raw in await whole_stream(bus, "notifications", stream_id)]


def types(events: Sequence[Any]) -> list[str]:
    """Their names."""
    return [event.type for event in events]
