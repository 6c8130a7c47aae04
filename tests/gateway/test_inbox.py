"""The inbox row and its views, by what is told in one conversation."""

import pytest

from deploy.generation.row_story import STORY
from services.gateway.inbox import evolve, views_of
from services.gateway.projections.rows import led_by
from shared.contracts.conversations import AnyConversationEvent
from shared.contracts.views import ConversationRow
from tests.examples import (
    ANA,
    BEN,
    LARCH,
    LATER,
    assigned,
    closed,
    commented,
    handed_over,
    reopened,
    said,
    started,
    started_with_larch,
    unassigned,
)


def row_after(*events: AnyConversationEvent) -> ConversationRow:
    row = None
    for position, event in enumerate(events, 1):
        row = evolve(row, event, position)
    assert row is not None
    return row


def test_a_conversation_with_the_bot_is_in_bots() -> None:
    row = row_after(started_with_larch(), said(LARCH), said(ANA))
    assert set(views_of(row)) == {("all_open", ""), ("bots", "")}
    assert led_by(row) == "bot"
    assert row.waiting_since is None


def test_after_the_bot_it_waits_unassigned() -> None:
    row = row_after(started_with_larch(), said(ANA), handed_over())
    assert set(views_of(row)) == {("all_open", ""), ("unassigned", "")}
    assert led_by(row) == "nobody"
    assert row.waiting_since is not None


def test_an_owner_has_it_among_theirs() -> None:
    row = row_after(started(), said(ANA), assigned(BEN))
    assert set(views_of(row)) == {("all_open", ""), ("mine", BEN.id)}
    assert led_by(row) == BEN.id


def test_without_an_owner_it_is_unassigned_again() -> None:
    assert ("unassigned", "") in set(views_of(row_after(started(), assigned(BEN), unassigned())))


def test_closed_is_only_in_closed() -> None:
    assert set(views_of(row_after(started(), assigned(BEN), closed()))) == {("closed", "")}


def test_our_reply_ends_the_waiting() -> None:
    assert row_after(started(), said(ANA), said(BEN)).waiting_since is None


def test_opened_again_it_waits_for_us_if_the_visitor_had_the_last_word() -> None:
    end = (closed(), reopened(at=LATER))
    assert row_after(started(), said(ANA), commented(), *end).waiting_since == LATER
    assert row_after(started_with_larch(), said(LARCH), said(ANA), *end).waiting_since == LATER
    assert row_after(started(), said(ANA), said(BEN), *end).waiting_since is None


def test_a_comment_is_the_newest_line_but_no_message() -> None:
    row = row_after(started(), said(ANA), commented())
    assert row.last is not None
    assert row.last.comment
    assert row.last_message == 2


def test_the_same_event_again_changes_nothing() -> None:
    row = row_after(started(), said(ANA))
    assert evolve(row, said(ANA, "older"), 2) is row
    assert evolve(row, started(), 9) is row


def test_a_conversation_that_never_started_is_an_error() -> None:
    with pytest.raises(ValueError, match="never started"):
        evolve(None, said(ANA), 1)


def test_every_row_is_in_exactly_one_view_besides_all_open() -> None:
    row = None
    for position, event in STORY:
        row = evolve(row, event, position)
        views = [view for view, _ in views_of(row)]
        assert views in (["closed"], ["all_open", "bots"], ["all_open", "unassigned"], ["all_open", "mine"])
