"""What visitors see: every type of event is decided here, and no word that is for colleagues gets through."""

from typing import get_args

import pytest

from deploy.generation.row_story import STORY
from services.gateway.live.happened import Happened
from services.gateway.visibility import SHOWN_WHOLE, VISIBLE_TYPES, for_visitor
from shared.contracts.conversations import (
    AnyConversationEvent,
    ConversationReopened,
    TicketCreated,
    TranscriptNoted,
)  # fmt: skip
from shared.messages import why
from tests.examples import ANA, BEN, WHERE, assigned, closed, commented, handed_over, id_of, said, started, unassigned, waiting

SECRET = "only among ourselves"


def noted(status: str, **facts: object) -> TranscriptNoted:
    return TranscriptNoted.model_validate(WHERE | {"transcript_id": id_of("transcript"), "status": status} | facts)


SEEN_WHOLE: list[AnyConversationEvent] = [started(), said(ANA), said(BEN), unassigned()]
SEEN_IN_PART: list[AnyConversationEvent] = [
    assigned(why=why(SECRET), bot_led=True),
    handed_over(note=SECRET, why=why(SECRET)),
    waiting(reason=SECRET, why=why(SECRET)),
    closed(ticket_id=id_of("ticket"), why=why(SECRET)),
    ConversationReopened(**WHERE, owner_id=BEN.id),
    noted("requested", reason=SECRET, why=why(SECRET), address="ana@home.example"),
    noted("sent", message_id=f"<{SECRET}>", why=why(SECRET)),
]
NEVER_SEEN: list[AnyConversationEvent] = [
    commented(text=SECRET),
    TicketCreated(**WHERE, ticket_id=id_of("ticket"), title=SECRET),
    noted("sent", by_hand=True, address="somebody@else.example"),
    noted("failed", reason=SECRET),
    noted("not_sent", reason=SECRET),
]


@pytest.mark.parametrize("event", SEEN_WHOLE, ids=lambda event: event.type)
def test_seen_as_it_is(event: AnyConversationEvent) -> None:
    assert for_visitor(event) == event


def test_what_is_seen_whole_is_one_frame_for_all() -> None:
    told = [(event, for_visitor(event)) for _, event in STORY]
    assert {event.type for event, _ in told} >= SHOWN_WHOLE.keys()
    for event, shown in told:
        if event.type in SHOWN_WHOLE:
            assert shown == event
            assert happened(event).visitor_frame == happened(event).agent_frame


def test_a_field_we_do_not_know_is_not_shown() -> None:
    newer = Happened({"position": 7, "type": "message_posted", "data": said(ANA).model_dump(mode="json") | {"note": SECRET}})
    assert SECRET.encode() in (newer.agent_frame or b"")
    assert newer.visitor_frame
    assert SECRET.encode() not in newer.visitor_frame


@pytest.mark.parametrize("event", SEEN_IN_PART, ids=lambda event: event.type)
def test_seen_without_what_is_for_colleagues(event: AnyConversationEvent) -> None:
    shown = for_visitor(event)
    assert shown is not None
    assert type(shown) is type(event)
    text = shown.model_dump_json()
    assert SECRET not in text
    assert id_of("ticket") not in text
    assert 'bot_led":true' not in text


def test_who_had_owned_a_reopened_conversation_is_not_told() -> None:
    shown = for_visitor(ConversationReopened(**WHERE, owner_id=BEN.id))
    assert shown == ConversationReopened(**WHERE)


@pytest.mark.parametrize("event", NEVER_SEEN, ids=lambda event: event.type)
def test_never_seen(event: AnyConversationEvent) -> None:
    assert for_visitor(event) is None


def test_every_type_is_decided_and_the_list_of_visible_types_is_right() -> None:
    seen = {event.type for _, event in STORY if for_visitor(event) is not None}
    every = {str(kind.model_fields["type"].default) for kind in get_args(AnyConversationEvent)}
    assert {event.type for _, event in STORY} == every
    assert seen | {"transcript_noted"} == VISIBLE_TYPES


def happened(event: AnyConversationEvent, position: int = 7) -> Happened:
    return Happened({"position": position, "type": event.type, "data": event.model_dump(mode="json")})


def test_no_byte_of_a_comment_is_in_any_visitor_frame() -> None:
    assert happened(commented(text=SECRET)).visitor_frame is None
    assert SECRET.encode() in (happened(commented(text=SECRET)).agent_frame or b"")


def test_frames_name_position_and_event() -> None:
    frame = happened(said(ANA, "Hi"), position=42).visitor_frame
    assert frame is not None
    assert b'{"type":"event","position":42,"event":{' in frame
