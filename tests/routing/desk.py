"""Who sits at the desk, and what happens there: ready-made commands and events of routing."""

from typing import Any

from services.routing.decider import DECIDER, Desk
from shared.contracts.routing import (
    JoinDesk,
    LeaveDesk,
    NoteConnection,
    NoteOwner,
    ReleaseConversation,
    RouteConversation,
    SetAvailability,
    SetCapacity,
    SetStrategy,
    Strategy,
)  # fmt: skip
from shared.contracts.values import Author
from shared.messages import Command, Event
from tests.examples import INBOX, asked_by_service, id_of
from tests.given import Given, given


def asked() -> dict[str, Any]:
    return asked_by_service("routing")


def joins(who: Author, capacity: int = 2) -> JoinDesk:
    return JoinDesk(**asked(), agent_id=who.id, name=who.name, capacity=capacity)


def leaves(who: Author) -> LeaveDesk:
    return LeaveDesk(**asked(), agent_id=who.id)


def connects(who: Author, connected: bool = True) -> NoteConnection:
    return NoteConnection(**asked(), agent_id=who.id, connected=connected)


def disconnects(who: Author) -> NoteConnection:
    return connects(who, connected=False)


def goes_away(who: Author, available: bool = False) -> SetAvailability:
    return SetAvailability(**asked(), agent_id=who.id, available=available)


def comes_back(who: Author) -> SetAvailability:
    return goes_away(who, available=True)


def carries(who: Author, capacity: int) -> SetCapacity:
    return SetCapacity(**asked(), agent_id=who.id, capacity=capacity)


def chooses_by(strategy: Strategy, inbox_id: str = INBOX) -> SetStrategy:
    return SetStrategy(**asked(), inbox_id=inbox_id, strategy=strategy)


def wants_a_person(conversation: str, inbox_id: str = INBOX) -> RouteConversation:
    return RouteConversation(**asked(), conversation_id=id_of(conversation), inbox_id=inbox_id)


def is_owned_by(conversation: str, who: Author | None) -> NoteOwner:
    return NoteOwner(**asked(), conversation_id=id_of(conversation), agent_id=who.id if who else None)


def ends(conversation: str) -> ReleaseConversation:
    return ReleaseConversation(**asked(), conversation_id=id_of(conversation))


def here(who: Author, capacity: int = 2) -> tuple[Command, Command]:
    """Joined and connected."""
    return joins(who, capacity), connects(who)


def desk(*commands: Command) -> Given:
    """The desk after all of this was asked of it."""
    events: list[Event] = []
    for command in commands:
        state: Desk = DECIDER.fold(DECIDER.initial, events)
        events += DECIDER.decide(command, state)
    return given(DECIDER, *events)


def carriers(*commands: Command) -> list[str]:
    """Ids of the agents the desk chose, in order."""
    return [event.agent_id for event in desk(*commands).events if event.type == "conversation_routed"]  # type: ignore[attr-defined]
