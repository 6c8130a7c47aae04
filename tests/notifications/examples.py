"""Deliveries and notices in ready-made commands and events; anything may be overruled by name."""

from datetime import timedelta
from typing import Any

from shared.contracts.notifications import (
    DeliveryDataSent,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryRequested,
    DeliverySent,
    MarkDataSent,
    NoticeRaised,
    NoticeRead,
    RaiseNotice,
    ReadNotice,
    RecordAttempt,
    RequestDelivery,
)  # fmt: skip
from tests.examples import BEN, CONVERSATION, NOON, asked_by, asked_by_service, id_of

DELIVERY, TRANSCRIPT, NOTICE = id_of("delivery"), id_of("transcript"), id_of("notice")
MESSAGE_ID = f"<{DELIVERY}@spoke-and-larch.example>"
OK, LATER_PLEASE, NEVER = "250 OK", "451 4.3.0 Later", "550 5.1.1 No such person"
AGAIN = NOON + timedelta(seconds=30)
MAIL: dict[str, Any] = {
    "delivery_id": DELIVERY, "source_id": TRANSCRIPT, "conversation_id": CONVERSATION, "to_address": "ana@home.example",
    "from_address": "support@spoke-and-larch.example", "subject": "Your conversation with Spoke & Larch",
}  # fmt: skip
SETTLED: dict[str, Any] = {
    "at": NOON, "delivery_id": DELIVERY, "source_id": TRANSCRIPT, "conversation_id": CONVERSATION, "message_id": MESSAGE_ID,
    "attempt": 1,
}  # fmt: skip
TELLING: dict[str, Any] = {
    "notice_id": NOTICE, "agent_id": BEN.id, "kind": "assigned", "conversation_id": CONVERSATION, "text": "Ana: Hello",
}  # fmt: skip


def a_mail_is_wanted(**changes: Any) -> RequestDelivery:
    """Ana's transcript is to go out."""
    return RequestDelivery(**asked_by_service("notifications") | MAIL | changes)


def data_leaves(attempt: int = 1, **changes: Any) -> MarkDataSent:
    """All but the final dot has left."""
    return MarkDataSent(**asked_by_service("notifications") | {"delivery_id": DELIVERY, "attempt": attempt} | changes)


def _attempted(attempt: int, outcome: str, answer: str, changes: dict[str, Any]) -> RecordAttempt:
    facts = {"delivery_id": DELIVERY, "attempt": attempt, "outcome": outcome, "answer": answer}
    return RecordAttempt(**asked_by_service("notifications") | facts | changes)


def it_was_taken(attempt: int = 1, **changes: Any) -> RecordAttempt:
    """250."""
    return _attempted(attempt, "sent", OK, changes)


def it_was_put_off(attempt: int = 1, **changes: Any) -> RecordAttempt:
    """451, or nothing at all."""
    return _attempted(attempt, "deferred", LATER_PLEASE, {"retry_at": AGAIN} | changes)


def it_was_refused(attempt: int = 1, **changes: Any) -> RecordAttempt:
    """550."""
    return _attempted(attempt, "failed", NEVER, changes)


def requested(**changes: Any) -> DeliveryRequested:
    """It is to be delivered."""
    return DeliveryRequested(**MAIL | {"at": NOON, "message_id": MESSAGE_ID} | changes)


def data_sent(attempt: int = 1) -> DeliveryDataSent:
    """All but the dot has left."""
    return DeliveryDataSent(at=NOON, delivery_id=DELIVERY, attempt=attempt)


def deferred(attempt: int = 1, *, answered: bool = True) -> DeliveryDeferred:
    """Not now."""
    return DeliveryDeferred(
        at=NOON, delivery_id=DELIVERY, attempt=attempt, answer=LATER_PLEASE, answered=answered, retry_at=AGAIN
    )


def sent(attempt: int = 1, *, maybe_twice: bool = False) -> DeliverySent:
    """Delivered."""
    return DeliverySent(**SETTLED | {"attempt": attempt, "answer": OK, "maybe_twice": maybe_twice})


def failed(attempt: int = 1, answer: str = NEVER) -> DeliveryFailed:
    """Never."""
    return DeliveryFailed(**SETTLED | {"attempt": attempt, "answer": answer})


def ben_is_told(**changes: Any) -> RaiseNotice:
    """Ben got Ana's conversation."""
    return RaiseNotice(**asked_by_service("notifications") | TELLING | changes)


def ben_has_seen_it(**changes: Any) -> ReadNotice:
    """Ben clicks it away."""
    return ReadNotice(**asked_by(BEN) | {"notice_id": NOTICE} | changes)


def raised(**changes: Any) -> NoticeRaised:
    """Ben was told."""
    return NoticeRaised(**TELLING | {"at": NOON} | changes)


def read() -> NoticeRead:
    """Ben has seen it."""
    return NoticeRead(at=NOON, notice_id=NOTICE, agent_id=BEN.id)
