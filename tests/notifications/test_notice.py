"""Notices: one thing, told to one agent, once."""

import pytest

from services.notifications.deciders.notice import DECIDER
from shared.contracts.notifications import NoticeNotFound
from tests.examples import ANA, MIRA, asked_by, asked_by_service
from tests.given import given
from tests.notifications.examples import ben_has_seen_it, ben_is_told, raised, read


def test_ben_is_told() -> None:
    given(DECIDER).when(ben_is_told()).then(raised())


def test_ben_is_told_once() -> None:
    given(DECIDER, raised()).when(ben_is_told(text="Ana: Hello again")).then_nothing()
    given(DECIDER, raised(), read()).when(ben_is_told()).then_nothing()


def test_ben_has_seen_it() -> None:
    given(DECIDER, raised()).when(ben_has_seen_it()).then(read())
    given(DECIDER, raised()).when(ben_has_seen_it(**asked_by_service("notifications"))).then(read())


def test_seen_is_seen() -> None:
    given(DECIDER, raised(), read()).when(ben_has_seen_it()).then_nothing()


@pytest.mark.parametrize("who", [MIRA, ANA])
def test_to_anybody_else_there_is_no_such_notice(who: object) -> None:
    given(DECIDER, raised()).when(ben_has_seen_it(**asked_by(who))).then_refused(NoticeNotFound)  # type: ignore[arg-type]


def test_a_notice_that_was_never_raised() -> None:
    given(DECIDER).when(ben_has_seen_it()).then_refused(NoticeNotFound)
