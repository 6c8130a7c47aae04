"""Conversations of the past: who met whom, said what, was helped by whom.

Everybody comes ten times. One conversation in four is over, one in two has an owner.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shared.clock import now
from shared.contracts.contacts import ContactMet
from shared.contracts.conversations import ConversationAssigned, ConversationClosed, ConversationStarted, MessagePosted
from shared.contracts.values import Assignee, Author, Content, Page
from shared.messages import derived_id, new_id

TEXTS = (
    "Does the blue bicycle come in a smaller size as well?",
    "My parcel has not arrived yet, could you have a look? The number is on the receipt I was sent on Monday.",
    "Hello! Are you open on Saturday afternoon?",
    "The brake squeaks when it rains. Is that something I can adjust at home?",
)
PAGE = Page(url="https://shop.example/bicycles", title="Bicycles")
BEGINNING = now()
VISITS = 10

Happening = tuple[str, str, Any]


def conversation(number: int, inbox_id: str, channel_id: str, agents: list[str]) -> Iterator[Happening]:
    """Stream, event id and event, in the order in which they happened."""
    at = BEGINNING - timedelta(seconds=200_000 - number)
    contact_id, name = derived_id(channel_id, f"visitor {number // VISITS}"), f"Visitor {number // VISITS}"
    where: dict[str, Any] = {"conversation_id": new_id(), "inbox_id": inbox_id, "contact_id": contact_id}
    stream = f"conversation-{where['conversation_id']}"
    if number % VISITS == 0:
        yield f"contact-{contact_id}", new_id(), ContactMet(at=at, contact_id=contact_id, name=name)
    yield stream, new_id(), ConversationStarted(at=at, **where, contact_name=name, channel_id=channel_id, page=PAGE)
    author = Author(kind="visitor", id=contact_id, name=name)
    content = Content(text=TEXTS[number % len(TEXTS)])
    yield stream, new_id(), MessagePosted(at=at, **where, message_id=new_id(), author=author, content=content)
    if number % 2 and agents:
        owner = Assignee(id=agents[number % len(agents)], name="Ben")
        yield stream, new_id(), ConversationAssigned(at=at, **where, assignee=owner, by="routing")
    if number % 4 == 0:
        yield stream, new_id(), ConversationClosed(at=at, **where, by="agent", reason="closed_by_agent")
