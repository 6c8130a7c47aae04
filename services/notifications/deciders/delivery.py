"""A mail that is to arrive exactly once: its attempts, and what each one tells about it.

An attempt is *in doubt* from the moment its body has left until the mail server's answer is known. Whoever marks an attempt
first is the one to send its final dot; a later attempt beside one in doubt may be a second copy, and is recorded as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from shared.contracts.notifications import (
    AttemptIsOver,
    DeliveryDataSent,
    DeliveryDeferred,
    DeliveryFailed,
    DeliveryNotFound,
    DeliveryRequested,
    DeliverySent,
    MarkDataSent,
    RecordAttempt,
    RequestDelivery,
)  # fmt: skip
from shared.decider import Decider

DeliveryCommand = RequestDelivery | MarkDataSent | RecordAttempt
DeliveryEvent = DeliveryRequested | DeliveryDataSent | DeliverySent | DeliveryDeferred | DeliveryFailed


@dataclass(frozen=True)
class Delivery:
    """How far a delivery has come.

    `attempt` is the newest attempt there was, `over` the newest whose result is known to us; `doubtful` are those that may have
    arrived. `retry_at`: not before this.
    """

    requested: DeliveryRequested | None = None
    attempt: int = 0
    over: int = 0
    doubtful: frozenset[int] = frozenset()
    retry_at: datetime | None = None
    settled: bool = False


def decide(command: DeliveryCommand, delivery: Delivery) -> Sequence[DeliveryEvent]:
    match command:
        case RequestDelivery():
            return _request(command, delivery)
        case MarkDataSent():
            return _mark(command, delivery)
        case RecordAttempt():
            return _record(command, delivery)
        case _:
            assert_never(command)


def _request(command: RequestDelivery, delivery: Delivery) -> Sequence[DeliveryEvent]:
    if delivery.requested is not None:
        return []
    return [
        DeliveryRequested(
            at=command.at, delivery_id=command.delivery_id, purpose=command.purpose, source_id=command.source_id,
            conversation_id=command.conversation_id, to_address=command.to_address, from_address=command.from_address,
            subject=command.subject, message_id=message_id_of(command.delivery_id, command.from_address),
        )
    ]  # fmt: skip


def message_id_of(delivery_id: str, from_address: str) -> str:
    """The Message-ID of all attempts: `<delivery@sender's domain>`, in ASCII."""
    domain = from_address.rpartition("@")[2]
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii_domain = ""
    plain = ascii_domain.replace("-", "").replace(".", "").isalnum()
    return f"<{delivery_id}@{ascii_domain if plain else 'parley.invalid'}>"


def _mark(command: MarkDataSent, delivery: Delivery) -> Sequence[DeliveryEvent]:
    if delivery.requested is None:
        raise DeliveryNotFound
    if delivery.settled or command.attempt <= delivery.attempt:
        raise AttemptIsOver
    return [DeliveryDataSent(at=command.at, delivery_id=command.delivery_id, attempt=command.attempt)]


def _record(command: RecordAttempt, delivery: Delivery) -> Sequence[DeliveryEvent]:
    if (requested := delivery.requested) is None:
        raise DeliveryNotFound
    if delivery.settled:
        return []
    doubtful = delivery.doubtful - {command.attempt}
    if command.outcome == "sent":
        return [_sent(command, requested, maybe_twice=bool(doubtful))]
    if command.attempt < delivery.attempt or command.attempt <= delivery.over:
        return []
    if command.outcome == "failed" or command.retry_at is None:
        return [_failed(command, requested, doubtful=bool(doubtful) or not command.answered)]
    return [
        DeliveryDeferred(
            at=command.at, delivery_id=command.delivery_id, attempt=command.attempt, answer=command.answer,
            answered=command.answered, retry_at=command.retry_at,
        )
    ]  # fmt: skip


def _sent(command: RecordAttempt, requested: DeliveryRequested, *, maybe_twice: bool) -> DeliverySent:
    return DeliverySent(
        at=command.at, delivery_id=command.delivery_id, source_id=requested.source_id,
        conversation_id=requested.conversation_id, attempt=command.attempt, message_id=requested.message_id,
        answer=command.answer, maybe_twice=maybe_twice,
    )  # fmt: skip


def _failed(command: RecordAttempt, requested: DeliveryRequested, *, doubtful: bool) -> DeliveryFailed:
    hint = " (an attempt whose answer was lost may have arrived)" if doubtful else ""
    return DeliveryFailed(
        at=command.at, delivery_id=command.delivery_id, source_id=requested.source_id,
        conversation_id=requested.conversation_id, attempt=command.attempt, message_id=requested.message_id,
        answer=command.answer + hint,
    )  # fmt: skip


def evolve(delivery: Delivery, event: DeliveryEvent) -> Delivery:
    match event:
        case DeliveryRequested():
            return Delivery(requested=event)
        case DeliveryDataSent():
            return replace(delivery, attempt=event.attempt, doubtful=delivery.doubtful | {event.attempt})
        case DeliveryDeferred():
            doubtful = delivery.doubtful - {event.attempt} if event.answered else delivery.doubtful
            return replace(delivery, attempt=event.attempt, over=event.attempt, doubtful=doubtful, retry_at=event.retry_at)
        case DeliverySent() | DeliveryFailed():
            return replace(delivery, settled=True)
        case _:
            assert_never(event)


DECIDER = Decider(
    commands=(RequestDelivery, MarkDataSent, RecordAttempt),
    stream_of=lambda command: f"delivery-{command.delivery_id}",
    initial=Delivery(),
    decide=decide,
    evolve=evolve,
)
