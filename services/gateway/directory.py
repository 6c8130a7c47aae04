"""Colleagues, channels and bots in memory: small tables, loaded anew whenever a projection says they changed."""

from dataclasses import dataclass, field

from asyncpg import Record
from pydantic import TypeAdapter

from services.gateway.greeting import greeting_of
from shared.contracts.bots import Flow
from shared.contracts.inboxes import ChannelSettings
from shared.contracts.values import BotRef
from shared.contracts.views import Face, GreetingShown, Person
from shared.postgres import Pool, borrowed

PEOPLE = """
select account_id::text as id, address, name, title, role, active, connected, coalesce(available, true) as available, avatar
from people left join availability using (account_id) order by name, account_id
"""
_people = TypeAdapter(list[Person])


@dataclass(frozen=True)
class Channel:
    """A widget: which inbox it fills, and how it is set up."""

    channel_id: str
    inbox_id: str
    settings: ChannelSettings


@dataclass(frozen=True)
class Bot:
    """A bot's newest version, as far as starting a conversation with it goes."""

    ref: BotRef
    title: str
    greeting: GreetingShown


@dataclass
class Directory:
    """Who and what there is."""

    pool: Pool
    people: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    avatars: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)

    async def load(self) -> bool:
        """Looks again. Answers whether anything about people changed."""
        async with borrowed(self.pool) as connection:
            people = await connection.fetch(PEOPLE)
            channels = await connection.fetch("select channel_id::text, inbox_id::text, settings from channels")
            bots = await connection.fetch("select bot_id::text, name, title, version, flow from bots")
        before = self.people
        self.people = {record["id"]: _person(record) for record in people}
        self.addresses = {record["id"]: record["address"] for record in people}
        self.avatars = {record["id"]: record["avatar"] for record in people}
        self.channels = {record["channel_id"]: _channel(record) for record in channels}
        self.bots = {record["bot_id"]: _bot(record) for record in bots}
        return before != self.people

    def active(self, account_id: str) -> Person | None:
        """The colleague, unless their account is closed."""
        person = self.people.get(account_id)
        return person if person and person.active else None

    def people_json(self) -> bytes:
        """All colleagues, as they travel."""
        return _people.dump_json(list(self.people.values()))

    def bot_of(self, channel: Channel) -> Bot | None:
        """The bot that greets in a channel."""
        return self.bots.get(channel.settings.bot_id or "")

    def faces(self) -> list[Face]:
        """Up to three colleagues whom visitors see."""
        shown = [person for person in self.people.values() if person.active and person.role != "viewer"]
        return [Face(id=p.id, name=p.name, title=p.title, avatar_url=p.avatar_url) for p in shown[:3]]


def avatar_url(face_id: str) -> str:
    """Where the portrait of a colleague or bot is."""
    return f"/avatars/{face_id}.svg"


def _person(record: Record) -> Person:
    return Person.model_validate({**dict(record), "avatar_url": avatar_url(record["id"])})


def _channel(record: Record) -> Channel:
    return Channel(record["channel_id"], record["inbox_id"], ChannelSettings.model_validate(record["settings"]))


def _bot(record: Record) -> Bot:
    bot_id, name, title = record["bot_id"], record["name"], record["title"]
    face = Face(id=bot_id, name=name, title=title, avatar_url=avatar_url(bot_id))
    ref = BotRef(id=bot_id, name=name, version=record["version"])
    return Bot(ref, title, greeting_of(face, Flow.model_validate(record["flow"])))
