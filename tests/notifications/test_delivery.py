"""Deliveries: what each attempt tells, and what is never said twice."""

from typing import Any

import pytest
from hypothesis import given as whenever
from hypothesis import strategies

from services.notifications.deciders.delivery import DECIDER, Delivery, message_id_of
from shared.contracts.notifications import AttemptIsOver, DeliveryNotFound
from shared.errors import Refused
from tests.given import given
from tests.notifications.examples import (
    DELIVERY,
    NEVER,
    a_mail_is_wanted,
    data_leaves,
    data_sent,
    deferred,
    failed,
    it_was_put_off,
    it_was_refused,
    it_was_taken,
    requested,
    sent,
)  # fmt: skip

HINT = " (an attempt whose answer was lost may have arrived)"


def test_a_mail_is_requested_once() -> None:
    given(DECIDER).when(a_mail_is_wanted()).then(requested())
    given(DECIDER, requested()).when(a_mail_is_wanted()).then_nothing()


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("a@Shop.example", "shop.example"), ("a@müller.example", "xn--mller-kva.example"), ("a@b..example", "parley.invalid"),
        ("a@b>c.example", "parley.invalid"), ("a@" + "b" * 70 + ".example", "parley.invalid"),
        ("a@x_y.example", "parley.invalid"),
    ],
)  # fmt: skip
def test_the_message_id_is_plain_whatever_the_sender(sender: str, domain: str) -> None:
    assert message_id_of(DELIVERY, sender) == f"<{DELIVERY}@{domain}>"


def test_the_body_leaves() -> None:
    given(DECIDER, requested()).when(data_leaves()).then(data_sent())


@pytest.mark.parametrize(
    ("history", "attempt"),
    [
        ([requested(), data_sent()], 1),
        ([requested(), data_sent(), deferred()], 1),
        ([requested(), data_sent(2)], 1),
        ([requested(), data_sent(), sent()], 2),
        ([requested(), failed()], 1),
    ],
)
def test_only_who_marks_an_attempt_first_may_send_its_dot(history: list[Any], attempt: int) -> None:
    given(DECIDER, *history).when(data_leaves(attempt)).then_refused(AttemptIsOver)


def test_after_a_crash_the_next_attempt_is_marked_anew() -> None:
    given(DECIDER, requested(), data_sent()).when(data_leaves(2)).then(data_sent(2))


def test_it_is_delivered() -> None:
    given(DECIDER, requested(), data_sent()).when(it_was_taken()).then(sent())


def test_it_is_put_off_before_the_body_left() -> None:
    given(DECIDER, requested()).when(it_was_put_off()).then(deferred())


@pytest.mark.parametrize(
    ("history", "maybe_twice"),
    [
        ([data_sent(1), deferred(1), data_sent(2)], False),
        ([deferred(1, answered=False), data_sent(2)], False),
        ([data_sent(1), deferred(1, answered=False), data_sent(2)], True),
        ([data_sent(1), data_sent(2)], True),
    ],
    ids=["refused for now", "not even begun", "answer lost", "crashed"],
)
def test_it_may_have_arrived_twice_only_if_an_earlier_answer_is_unknown(history: list[Any], maybe_twice: bool) -> None:
    given(DECIDER, requested(), *history).when(it_was_taken(2)).then(sent(2, maybe_twice=maybe_twice))


def test_an_answer_that_comes_late_still_counts() -> None:
    given(DECIDER, requested(), data_sent(1), data_sent(2)).when(it_was_taken(1)).then(sent(1, maybe_twice=True))


@pytest.mark.parametrize("command", [it_was_put_off(1), it_was_refused(1)])
def test_a_late_refusal_of_an_older_attempt_does_not(command: Any) -> None:
    given(DECIDER, requested(), data_sent(1), data_sent(2)).when(command).then_nothing()


@pytest.mark.parametrize("history", [[deferred()], [data_sent(), deferred()], [data_sent(), deferred(answered=False)]])
def test_the_same_result_again_is_nothing(history: list[Any]) -> None:
    given(DECIDER, requested(), *history).when(it_was_put_off()).then_nothing()
    given(DECIDER, requested(), *history).when(it_was_refused()).then_nothing()


def test_it_is_refused_for_good() -> None:
    given(DECIDER, requested()).when(it_was_refused()).then(failed())
    given(DECIDER, requested(), data_sent()).when(it_was_refused()).then(failed())


def test_given_up_for_lack_of_a_next_time() -> None:
    given(DECIDER, requested()).when(it_was_put_off(retry_at=None, answer=NEVER)).then(failed())


@pytest.mark.parametrize(
    ("history", "command"),
    [
        ([data_sent(1), data_sent(2)], it_was_refused(2)),
        ([data_sent(1)], it_was_refused(1, answered=False)),
    ],
)
def test_a_failure_says_when_an_earlier_copy_may_have_arrived(history: list[Any], command: Any) -> None:
    given(DECIDER, requested(), *history).when(command).then(failed(command.attempt, NEVER + HINT))


@pytest.mark.parametrize("end", [sent(), failed()])
@pytest.mark.parametrize("command", [it_was_taken(2), it_was_put_off(2), it_was_refused(2), it_was_taken(1)])
def test_after_the_end_nothing_counts(end: Any, command: Any) -> None:
    given(DECIDER, requested(), data_sent(), end).when(command).then_nothing()


@pytest.mark.parametrize("command", [data_leaves(), it_was_taken(), it_was_put_off(), it_was_refused()])
def test_a_delivery_nobody_asked_for(command: Any) -> None:
    given(DECIDER).when(command).then_refused(DeliveryNotFound)


STEPS = strategies.sampled_from([data_leaves, it_was_taken, it_was_put_off, it_was_refused])
COMMANDS = strategies.lists(strategies.tuples(STEPS, strategies.integers(1, 4), strategies.booleans()), max_size=20)


@whenever(COMMANDS)
def test_in_whatever_order_things_happen_it_ends_once_and_each_dot_is_allowed_once(commands: list[Any]) -> None:
    state: Delivery = DECIDER.fold(DECIDER.initial, [requested()])
    types: list[tuple[str, int]] = []
    for step, attempt, answered in commands:
        command = step(attempt) if step is data_leaves else step(attempt, answered=answered)
        try:
            events = DECIDER.decide(command, state)
        except Refused:
            continue
        state = DECIDER.fold(state, events)
        types += [(event.type, event.attempt) for event in events]  # type: ignore[attr-defined]
    assert sum(kind in {"delivery_sent", "delivery_failed"} for kind, _ in types) <= 1
    dots = [attempt for kind, attempt in types if kind == "delivery_data_sent"]
    assert dots == sorted(set(dots))
