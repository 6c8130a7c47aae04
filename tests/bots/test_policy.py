"""What bots does about what happens in conversations."""

import pytest

from services.bots.__main__ import service
from services.bots.policy import CONVERSATIONS, hear_conversations
from shared.messages import Event
from tests.examples import (
    ANA,
    BEN,
    BOT,
    FLOW,
    LARCH,
    assigned,
    closed,
    handed_over,
    said,
    started,
    started_with_larch,
    unassigned,
)  # fmt: skip
from tests.recorded import again, recorded

HEARD: list[tuple[Event, str]] = [
    (started_with_larch(), "start_session"),
    (said(ANA, "Support", with_bot=True), "answer_session"),
    (assigned(BEN, bot_led=True), "stop_session"),
    (closed(with_bot=True), "stop_session"),
]


@pytest.mark.parametrize(("event", "command"), HEARD, ids=lambda value: getattr(value, "type", None))
def test_each_event_asks_for_one_command_and_twice_for_the_same(event: Event, command: str) -> None:
    heard = recorded(event)
    [asked] = hear_conversations(heard, FLOW)
    assert asked.type == command  # type: ignore[attr-defined]
    assert hear_conversations(again(heard), FLOW) == [asked]


def test_all_that_is_heard_is_answered() -> None:
    assert {event.type for event, _ in HEARD} == CONVERSATIONS  # type: ignore[attr-defined]
    assert [(hears.source, hears.types) for hears in service.hears] == [("conversations", CONVERSATIONS)]


@pytest.mark.parametrize(
    "event",
    [
        started(),
        said(ANA),
        said(LARCH, with_bot=True),
        said(BEN),
        assigned(BEN),
        unassigned(),
        handed_over(),
        closed(),
        closed(by="bot", reason="visitor_inactive", with_bot=True),
    ],
    ids=lambda event: event.type,
)
def test_what_the_bot_has_no_part_in_asks_for_nothing(event: Event) -> None:
    assert hear_conversations(recorded(event), None) == []


def test_a_session_begins_with_the_flow_that_was_published() -> None:
    [begin] = hear_conversations(recorded(started_with_larch()), FLOW)
    assert (begin.flow, begin.version, begin.bot_id, begin.contact_id) == (FLOW, BOT.version, BOT.id, ANA.id)  # type: ignore[attr-defined]
    assert hear_conversations(recorded(started_with_larch()), None) == []
