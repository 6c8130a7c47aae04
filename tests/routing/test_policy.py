"""What the desk does about what happens in conversations, and to accounts."""

from typing import Any

import pytest

from services.routing.__main__ import service
from services.routing.policy import CONVERSATIONS, GATEWAY, hear_conversations, hear_gateway
from shared.contracts.conversations import ConversationReopened
from shared.contracts.gateway import AccountCreated, AccountDeactivated, PresenceChanged, ProfileChanged
from shared.messages import Event
from tests.examples import (
    ANA,
    BEN,
    CONVERSATION,
    INBOX,
    NOON,
    WHERE,
    assigned,
    closed,
    handed_over,
    said,
    started,
    started_with_larch,
    unassigned,
    waiting,
)  # fmt: skip
from tests.recorded import again, recorded

ACCOUNT: dict[str, Any] = {"at": NOON, "account_id": BEN.id}
JOINED = AccountCreated(**ACCOUNT, address="ben@shop.example", name=BEN.name, capacity=4)
HEARD: list[tuple[Any, Event, str]] = [
    (hear_conversations, started(), "route_conversation"),
    (hear_conversations, handed_over(), "route_conversation"),
    (hear_conversations, ConversationReopened(**WHERE), "route_conversation"),
    (hear_conversations, ConversationReopened(**WHERE, owner_id=BEN.id), "note_owner"),
    (hear_conversations, assigned(), "note_owner"),
    (hear_conversations, unassigned(), "note_owner"),
    (hear_conversations, closed(), "release_conversation"),
    (hear_gateway, JOINED, "join_desk"),
    (hear_gateway, AccountDeactivated(**ACCOUNT), "leave_desk"),
    (hear_gateway, PresenceChanged(**ACCOUNT, connected=True), "note_connection"),
]


@pytest.mark.parametrize(("hear", "event", "command"), HEARD, ids=lambda value: getattr(value, "type", None))
def test_each_event_asks_for_one_command_and_twice_for_the_same(hear: Any, event: Event, command: str) -> None:
    heard = recorded(event)
    [asked] = hear(heard, None)
    assert (asked.type, asked.at) == (command, NOON)
    assert hear(again(heard), None) == [asked]
    assert hear(recorded(event), None)[0].command_id != asked.command_id


def test_all_that_is_heard_is_answered() -> None:
    assert {event.type for _, event, _ in HEARD} == CONVERSATIONS | GATEWAY  # type: ignore[attr-defined]
    assert {(hears.source, hears.types) for hears in service.hears} == {("conversations", CONVERSATIONS), ("gateway", GATEWAY)}


@pytest.mark.parametrize("event", [started_with_larch(), said(ANA), waiting()], ids=lambda event: event.type)
def test_what_needs_no_person_asks_for_nothing(event: Event) -> None:
    assert hear_conversations(recorded(event), None) == []


def test_who_only_looks_on_is_given_nothing() -> None:
    assert hear_gateway(recorded(JOINED.model_copy(update={"role": "viewer"})), None) == []
    assert hear_gateway(recorded(ProfileChanged(**ACCOUNT, name="Ben")), None) == []


def test_the_desk_is_told_who_and_where() -> None:
    [route] = hear_conversations(recorded(started()), None)
    [owner] = hear_conversations(recorded(assigned(BEN)), None)
    [nobody] = hear_conversations(recorded(unassigned()), None)
    [joins] = hear_gateway(recorded(JOINED), None)
    assert (route.conversation_id, route.inbox_id) == (CONVERSATION, INBOX)  # type: ignore[attr-defined]
    assert (owner.agent_id, nobody.agent_id) == (BEN.id, None)  # type: ignore[attr-defined]
    assert (joins.agent_id, joins.name, joins.capacity) == (BEN.id, BEN.name, 4)  # type: ignore[attr-defined]
