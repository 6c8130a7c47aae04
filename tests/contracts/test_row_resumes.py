"""An old row and the events since are the fresh row, wherever the client stopped. (The browser's fold is held against the same
story in `web/protocol/row.test.ts`.)"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.generation.row_story import STORY
from services.gateway.inbox import evolve, views_of
from shared.contracts.conversations import AnyConversationEvent
from shared.contracts.views import VIEWS, ConversationRow

Told = list[tuple[int, AnyConversationEvent]]
IN_ORDER: Told = sorted(dict(reversed(STORY)).items())


def fold(row: ConversationRow | None, told: Told) -> Any:
    for position, event in told:
        row = evolve(row, event, position)
    return row


def test_the_story_tells_every_type_of_event() -> None:
    told = {event.type for _, event in IN_ORDER}
    assert told == {option.model_fields["type"].default for option in AnyConversationEvent.__args__}


@pytest.mark.parametrize("stop", range(len(IN_ORDER) + 1))
def test_snapshot_and_what_followed_is_the_fresh_row(stop: int) -> None:
    snapshot = fold(None, IN_ORDER[:stop])
    assert fold(snapshot, IN_ORDER[stop:]) == fold(None, IN_ORDER)


@settings(deadline=None)
@given(st.integers(1, len(IN_ORDER)), st.integers(0, len(IN_ORDER)))
def test_what_comes_again_after_a_reconnect_changes_nothing(stop: int, again: int) -> None:
    """A resume may begin before the snapshot's position: the overlap is passed over."""
    snapshot = fold(None, IN_ORDER[:stop])
    assert fold(snapshot, IN_ORDER[min(again, stop) :]) == fold(None, IN_ORDER)


@pytest.mark.parametrize("stop", range(1, len(IN_ORDER) + 1))
def test_a_row_travels_as_json_and_counts_where_it_belongs(stop: int) -> None:
    row = fold(None, IN_ORDER[:stop])
    assert ConversationRow.model_validate_json(row.model_dump_json()) == row
    views = list(views_of(row))
    assert {view for view, _ in views} <= set(VIEWS)
    assert len(views) == (1 if row.status == "closed" else 2)
    assert [owner for view, owner in views if view == "mine"] == ([row.assignee.id] if ("mine" in dict(views)) else [])
