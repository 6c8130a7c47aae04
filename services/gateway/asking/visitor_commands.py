"""What a visitor asks for, as commands to conversations."""

from typing import Any

from services.gateway.accounts.signing import Visitor
from services.gateway.directory import Bot, Channel
from shared.clock import now
from shared.contracts.asks import Ask, IdentifyContactAsk, MarkReadAsk, PostMessageAsk, StartConversationAsk
from shared.contracts.contacts import IdentifyContact, MeetContact
from shared.contracts.conversations import MarkRead, PostMessage, StartConversation
from shared.contracts.values import Author, Content, Greeting
from shared.messages import derived_id

MOST_BUBBLES = 5


def _meta(ask: Ask, visitor: Visitor) -> dict[str, Any]:
    return {"command_id": ask.command_id, "at": now(), "actor": visitor.actor}


def meet(visitor: Visitor) -> MeetContact:
    """The contact a browser becomes with its first words. Its id is the contact's: meeting again changes nothing."""
    return MeetContact(
        command_id=derived_id(visitor.contact_id, "meet"), at=now(), actor=visitor.actor, contact_id=visitor.contact_id,
        name=visitor.name, locale=visitor.locale, time_zone=visitor.time_zone,
    )  # fmt: skip


def start(
    ask: StartConversationAsk, visitor: Visitor, name: str, channel: Channel, bot: Bot | None, content: Content
) -> StartConversation:
    """A conversation's first words."""
    return StartConversation(
        **_meta(ask, visitor), conversation_id=ask.conversation_id, contact_id=visitor.contact_id, contact_name=name,
        inbox_id=channel.inbox_id, channel_id=channel.channel_id, page=ask.page, locale=visitor.locale,
        time_zone=visitor.time_zone, bot=bot.ref if bot else None,
        greeting=greet(ask.conversation_id, bot) if bot else (), message_id=ask.message_id, content=content,
    )  # fmt: skip


def greet(conversation_id: str, bot: Bot) -> tuple[Greeting, ...]:
    """What the bot had shown before; its quick replies stand under the last bubble."""
    bubbles = bot.greeting.bubbles[-MOST_BUBBLES:]
    return tuple(
        Greeting(
            message_id=derived_id(conversation_id, f"greeting-{n}"),
            content=Content(text=text, quick_replies=bot.greeting.quick_replies if n == len(bubbles) else ()),
        )
        for n, text in enumerate(bubbles, 1)
    )


def say(ask: PostMessageAsk, visitor: Visitor, name: str, content: Content) -> PostMessage:
    """Another word from the visitor."""
    author = Author(kind="visitor", id=visitor.contact_id, name=name)
    return PostMessage(
        **_meta(ask, visitor),
        conversation_id=ask.conversation_id,
        message_id=ask.message_id,
        author=author,
        content=content,
    )


def mark_read(ask: MarkReadAsk, visitor: Visitor) -> MarkRead:
    """The visitor has seen something."""
    return MarkRead(**_meta(ask, visitor), conversation_id=ask.conversation_id, reader="visitor", position=ask.position)


def identify(ask: IdentifyContactAsk, visitor: Visitor) -> IdentifyContact:
    """The visitor tells an address, or the page does for them: a claim, for their own contact whatever contact the ask names."""
    return IdentifyContact(
        **_meta(ask, visitor), contact_id=visitor.contact_id, address=ask.address, name=ask.name, source="widget"
    )
