"""People and what they say: Ana visits, Ben, Mira and Tomas answer, Larch is the bot.

Every function answers with a ready-made command or event; anything may be overruled by name: `ana_says("Hi", at=LATER)`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.contracts.bots import AskAddress, AskChoice, Choice, Finish, Flow, HandOff, Say
from shared.contracts.contacts import IdentifyContact, MeetContact, RenameContact
from shared.contracts.conversations import (
    AddComment,
    AssignConversation,
    CloseConversation,
    CommentAdded,
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationReopened,
    ConversationStarted,
    ConversationUnassigned,
    ConversationWaiting,
    MessagePosted,
    PostMessage,
    ReopenConversation,
    StartConversation,
    UnassignConversation,
)  # fmt: skip
from shared.contracts.values import Assignee, Author, BotRef, Content, Greeting, Page, QuickReply
from shared.messages import Id, derived_id, new_id

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def id_of(name: str) -> Id:
    """The id somebody or something of this name always has in the examples."""
    return derived_id("examples", name)


CONVERSATION, INBOX, CHANNEL = id_of("conversation"), id_of("inbox"), id_of("channel")

ANA = Author(kind="visitor", id=id_of("ana"), name="Ana Horvat")
EVE = Author(kind="visitor", id=id_of("eve"), name="Eve, who asks for what is not hers")
BEN = Author(kind="agent", id=id_of("ben"), name="Ben Okoro")
MIRA = Author(kind="agent", id=id_of("mira"), name="Mira Lindqvist")
TOMAS = Author(kind="agent", id=id_of("tomas"), name="Tomas Virtanen")
LARCH = Author(kind="bot", id=id_of("larch"), name="Larch")

BOT = BotRef(id=LARCH.id, name=LARCH.name, version=1)
SHOP = Page(url="https://shop.example/bikes/fell-3", title="Fell 3")

# Commands


def asked_by(who: Author, at: datetime = NOON) -> dict[str, Any]:
    """A new command of `who`."""
    return {"command_id": new_id(), "at": at, "actor": f"{who.kind}:{who.id}"}


def asked_by_service(name: str, at: datetime = NOON) -> dict[str, Any]:
    """A new command a service gives itself."""
    return {"command_id": new_id(), "at": at, "actor": f"service:{name}"}


def ana_starts(text: str = "Is the Fell 3 in stock?", **changes: Any) -> StartConversation:
    """Ana writes for the first time."""
    facts = {
        "conversation_id": CONVERSATION, "contact_id": ANA.id, "contact_name": ANA.name, "inbox_id": INBOX,
        "channel_id": CHANNEL, "page": SHOP, "message_id": new_id(), "content": Content(text=text),
    }  # fmt: skip
    return StartConversation(**asked_by(ANA) | facts | changes)


def ana_starts_with_larch(text: str = "Support", **changes: Any) -> StartConversation:
    """The same, after Larch had greeted her."""
    greeting = (Greeting(message_id=new_id(), content=Content(text="Hello! Sales or support?")),)
    return ana_starts(text, **{"bot": BOT, "greeting": greeting} | changes)


def says(author: Author, text: str, **changes: Any) -> PostMessage:
    """Somebody says something."""
    facts = {"conversation_id": CONVERSATION, "message_id": new_id(), "author": author, "content": Content(text=text)}
    return PostMessage(**asked_by(author) | facts | changes)


def ana_says(text: str = "Hello?", **changes: Any) -> PostMessage:
    """Ana says something."""
    return says(ANA, text, **changes)


def ben_replies(text: str = "Yes, in 52 and 54.", **changes: Any) -> PostMessage:
    """Ben answers."""
    return says(BEN, text, **changes)


def larch_says(text: str = "What is your e-mail address?", **changes: Any) -> PostMessage:
    """The bot says something."""
    return says(LARCH, text, **changes)


def comments(author: Author = BEN, text: str = "A 52, I think", **changes: Any) -> AddComment:
    """A note among colleagues."""
    facts = {"conversation_id": CONVERSATION, "message_id": new_id(), "author": author, "content": Content(text=text)}
    return AddComment(**asked_by(author) | facts | changes)


def assigns(to: Author = BEN, by: Author = BEN, **changes: Any) -> AssignConversation:
    """Somebody gives the conversation to somebody."""
    return AssignConversation(**asked_by(by) | {"conversation_id": CONVERSATION, "assignee": assignee(to)} | changes)


def routing_assigns(to: Author = BEN, **changes: Any) -> AssignConversation:
    """Routing has chosen somebody."""
    facts = {"conversation_id": CONVERSATION, "assignee": assignee(to), "by": "routing", "only_if_unassigned": True}
    return AssignConversation(**asked_by_service("conversations") | facts | changes)


def unassigns(by: Author = BEN, **changes: Any) -> UnassignConversation:
    """Somebody takes the owner away."""
    return UnassignConversation(**asked_by(by) | {"conversation_id": CONVERSATION} | changes)


def ben_closes(**changes: Any) -> CloseConversation:
    """Ben ends the conversation."""
    return CloseConversation(**asked_by(BEN) | {"conversation_id": CONVERSATION, "closed_by": BEN} | changes)


def larch_closes(**changes: Any) -> CloseConversation:
    """Ana was silent for too long."""
    facts = {"conversation_id": CONVERSATION, "by": "bot", "reason": "visitor_inactive"}
    return CloseConversation(**asked_by_service("conversations") | facts | changes)


def reopens(by: Author = BEN, **changes: Any) -> ReopenConversation:
    """Somebody opens it again."""
    return ReopenConversation(**asked_by(by) | {"conversation_id": CONVERSATION} | changes)


def ana_is_met(**changes: Any) -> MeetContact:
    """Ana's browser shows up."""
    return MeetContact(**asked_by(ANA) | {"contact_id": ANA.id, "name": "Visitor 7"} | changes)


def ana_tells_her_address(address: str = "ana@home.example", **changes: Any) -> IdentifyContact:
    """Ana says how to write back to her."""
    return IdentifyContact(**asked_by(ANA) | {"contact_id": ANA.id, "address": address, "source": "widget"} | changes)


def ben_renames_ana(name: str = ANA.name, **changes: Any) -> RenameContact:
    """Ben knows her name."""
    return RenameContact(**asked_by(BEN) | {"contact_id": ANA.id, "name": name} | changes)


# Events

WHERE: dict[str, Any] = {"at": NOON, "conversation_id": CONVERSATION, "inbox_id": INBOX, "contact_id": ANA.id}


def assignee(who: Author) -> Assignee:
    """Somebody as an owner."""
    return Assignee(id=who.id, name=who.name)


def started(**changes: Any) -> ConversationStarted:
    """Ana's conversation began."""
    return ConversationStarted(**WHERE | {"contact_name": ANA.name, "channel_id": CHANNEL, "page": SHOP} | changes)


def started_with_larch(**changes: Any) -> ConversationStarted:
    """Ana's conversation began with the bot."""
    return started(**{"bot": BOT} | changes)


def said(author: Author, text: str = "Hello", **changes: Any) -> MessagePosted:
    """Somebody said something."""
    return MessagePosted(**WHERE | {"message_id": new_id(), "author": author, "content": Content(text=text)} | changes)


def commented(author: Author = MIRA, text: str = "A 52, I think", **changes: Any) -> CommentAdded:
    """Somebody left a note for colleagues."""
    return CommentAdded(**WHERE | {"message_id": new_id(), "author": author, "content": Content(text=text)} | changes)


def assigned(to: Author = BEN, **changes: Any) -> ConversationAssigned:
    """It has an owner."""
    return ConversationAssigned(**WHERE | {"assignee": assignee(to), "by": "agent"} | changes)


def unassigned(**changes: Any) -> ConversationUnassigned:
    """It has none."""
    return ConversationUnassigned(**WHERE | changes)


def handed_over(**changes: Any) -> ConversationHandedOver:
    """Larch gave it to people."""
    return ConversationHandedOver(**WHERE | {"bot": BOT} | changes)


def waiting(reason: str = "Everybody is away", **changes: Any) -> ConversationWaiting:
    """Nobody was eligible."""
    return ConversationWaiting(**WHERE | {"reason": reason} | changes)


def closed(**changes: Any) -> ConversationClosed:
    """It ended."""
    return ConversationClosed(**WHERE | {"by": "agent", "reason": "closed_by_agent", "closed_by": BEN} | changes)


def reopened(**changes: Any) -> ConversationReopened:
    """It goes on."""
    return ConversationReopened(**WHERE | changes)


# Larch's flow


def choice(label: str, then: str) -> Choice:
    """A quick reply and where it leads."""
    return Choice(reply=QuickReply(label=label, value=label.lower()), then=then)


FLOW = Flow(
    start="hello",
    steps={
        "hello": Say(bubbles=("Hello!",), then="topic"),
        "topic": AskChoice(
            bubbles=("Sales or support?",), choices=(choice("Sales", "hours"), choice("Support", "address")), otherwise="people",
        ),
        "hours": Finish(bubbles=("We open at nine.",)),
        "address": AskAddress(
            bubbles=("What is your e-mail address?",), again="That is no address. Once more?", tries=2, then="thanks",
            otherwise="people",
        ),
        "thanks": Say(bubbles=("Thank you.",), then="people"),
        "people": HandOff(bubbles=("Somebody will be here in a moment.",)),
    },
)  # fmt: skip
"""Sales: says the hours and ends. Support: asks for an address (twice at most), then hands over. Anything else hands over."""
