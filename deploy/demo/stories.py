"""What happened in the shop before you came: a few conversations, told through the same commands people use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deploy.demo.asking import ask, demo_id
from deploy.demo.people import BEN, MIRA, TOMAS, Colleague
from deploy.demo.shop import BOT, INBOX_ID
from services.gateway.demonstration import CHANNEL_ID
from shared.bus import Bus
from shared.clock import now
from shared.contracts.contacts import IdentifyContact, MeetContact
from shared.contracts.conversations import CloseConversation, PostMessage, StartConversation
from shared.contracts.values import Author, BotRef, Content, Page
from shared.messages import Command

SHOP_URL = "https://spoke-and-larch.example"
PAUSE = timedelta(minutes=2)


@dataclass(frozen=True)
class Story:
    """`lines` are said by turns, the visitor first; with `bot`, the visitor left before anybody could answer."""

    visitor: str
    ago: timedelta
    page: Page
    lines: tuple[str, ...]
    owner: Colleague | None = None
    closed: bool = False
    address: str | None = None
    bot: BotRef | None = None

    @property
    def contact_id(self) -> str:
        """The visitor's contact."""
        return demo_id(f"contact {self.visitor}")

    @property
    def conversation_id(self) -> str:
        """The conversation."""
        return demo_id(f"conversation {self.visitor}")

    def id_of(self, what: str) -> str:
        """The id of something that happens in it."""
        return demo_id(f"{self.visitor} {what}")


STORIES = (
    Story(
        "Hannah Schmidt", timedelta(days=2, hours=3), Page(url=f"{SHOP_URL}/workshop", title="Workshop"),
        ("Do you take bicycles for the winter?", "We do, from November to March, with a service in spring.",
         "Monday suits me, I will bring both.", "See you on Monday, then!"),
        owner=TOMAS, closed=True,
    ),
    Story(
        "Yusuf Demir", timedelta(days=1, hours=5), Page(url=f"{SHOP_URL}/bikes/quay-7", title="Quay 7"),
        ("Could the invoice have my company's name on it?", "Of course. Which name should it be?",
         "Demir & Daughters", "Done, the new one is in the box with the bicycle."),
        owner=BEN, closed=True,
    ),
    Story(
        "Visitor 4C1E", timedelta(hours=20), Page(url=f"{SHOP_URL}/bikes/moor-1", title="Moor 1"),
        ("Is the Moor 1 light enough to carry up four floors?",), bot=BOT,
    ),
    Story(
        "Elin Virtanen", timedelta(hours=9), Page(url=f"{SHOP_URL}/test-rides", title="Test rides"),
        ("We look for a cargo bike for a nursery, six children.",
         "The long one takes six, with belts for all. Shall we show it to you?",
         "Thank you, we will talk it over.", "Take your time, I keep one free on Friday."),
        owner=TOMAS, address="elin.virtanen@kotipiha.example",
    ),
    Story(
        "Luca Bianchi", timedelta(hours=3), Page(url=f"{SHOP_URL}/workshop", title="Workshop"),
        ("Is my Fell ready? I brought it on Tuesday.", "It is ready, see you on Saturday then!"),
        owner=MIRA, address="luca.bianchi@posta.example",
    ),
)  # fmt: skip


async def tell_stories(bus: Bus) -> None:
    """One after the other, so that the order in the log is the order in time."""
    for story in STORIES:
        for command in _commands(story, now() - story.ago):
            await ask(bus, "conversations", command)


def _commands(story: Story, at: datetime) -> list[Command]:
    commands: list[Command] = [_met(story, at), *_identified(story, at), _started(story, at)]
    for number, line in enumerate(story.lines[1:], 2):
        at += PAUSE
        commands.append(_said(story, at, number, line))
    if story.closed and story.owner:
        commands.append(_closed(story, at + PAUSE, story.owner))
    return commands


def _met(story: Story, at: datetime) -> Command:
    return MeetContact(
        command_id=story.id_of("meets"), at=at, actor=f"visitor:{story.contact_id}", contact_id=story.contact_id,
        name=story.visitor,
    )  # fmt: skip


def _identified(story: Story, at: datetime) -> list[Command]:
    if story.address is None:
        return []
    return [
        IdentifyContact(
            command_id=story.id_of("identifies"), at=at, actor=f"visitor:{story.contact_id}", contact_id=story.contact_id,
            address=story.address, source="widget",
        )
    ]  # fmt: skip


def _started(story: Story, at: datetime) -> Command:
    return StartConversation(
        command_id=story.id_of("starts"), at=at, actor=f"visitor:{story.contact_id}", conversation_id=story.conversation_id,
        contact_id=story.contact_id, contact_name=story.visitor, inbox_id=INBOX_ID, channel_id=CHANNEL_ID, page=story.page,
        bot=story.bot, message_id=story.id_of("line 1"), content=Content(text=story.lines[0]),
    )  # fmt: skip


def _said(story: Story, at: datetime, number: int, line: str) -> Command:
    author = _owner_author(story.owner) if number % 2 == 0 and story.owner else _visitor_author(story)
    return PostMessage(
        command_id=story.id_of(f"says {number}"), at=at, actor=f"{author.kind}:{author.id}",
        conversation_id=story.conversation_id, message_id=story.id_of(f"line {number}"), author=author,
        content=Content(text=line),
    )  # fmt: skip


def _closed(story: Story, at: datetime, owner: Colleague) -> Command:
    return CloseConversation(
        command_id=story.id_of("closes"), at=at, actor=f"agent:{owner.account_id}", conversation_id=story.conversation_id,
        closed_by=_owner_author(owner),
    )  # fmt: skip


def _owner_author(owner: Colleague) -> Author:
    return Author(kind="agent", id=owner.account_id, name=owner.name)


def _visitor_author(story: Story) -> Author:
    return Author(kind="visitor", id=story.contact_id, name=story.visitor)
