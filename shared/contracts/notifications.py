"""Notifications: what is delivered to whom outside Parley, and what became of it: the ledger of outside effects."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from shared.errors import NotFound, Refused
from shared.messages import Address, Command, Event, Id

NoticeKind = Literal["assigned", "mentioned", "handed_over"]
NoticeText = Annotated[str, StringConstraints(max_length=300)]

# Refusals


class DeliveryNotFound(NotFound):
    """There is no such delivery."""


class AttemptIsOver(Refused):
    """This attempt is over: the mail has been delivered, has failed, or somebody else tries again."""


class NoticeNotFound(NotFound):
    """There is no such notice."""


# Commands


class RequestDelivery(Command):
    """A mail is to go out. `source_id` names what it carries: the transcript's id."""

    type: Literal["request_delivery"] = "request_delivery"
    delivery_id: Id
    purpose: Literal["transcript"] = "transcript"
    source_id: Id
    conversation_id: Id
    to_address: Address
    from_address: Address
    subject: str


class MarkDataSent(Command):
    """The mail server has everything but the final dot. After this a crash means: it may have been delivered."""

    type: Literal["mark_data_sent"] = "mark_data_sent"
    delivery_id: Id
    attempt: int


class RecordAttempt(Command):
    """What became of an attempt: delivered, try again at `retry_at`, or never. Not `answered`: the server's word is unknown."""

    type: Literal["record_attempt"] = "record_attempt"
    delivery_id: Id
    attempt: int
    outcome: Literal["sent", "deferred", "failed"]
    answer: Annotated[str, StringConstraints(max_length=1000)]
    answered: bool = True
    retry_at: AwareDatetime | None = None


class RaiseNotice(Command):
    """Tells one agent one thing, once."""

    circumstances = frozenset({"at", "text"})
    type: Literal["raise_notice"] = "raise_notice"
    notice_id: Id
    agent_id: Id
    kind: NoticeKind
    conversation_id: Id
    text: NoticeText


class ReadNotice(Command):
    """The agent has seen it."""

    type: Literal["read_notice"] = "read_notice"
    notice_id: Id


# Events


class DeliveryRequested(Event):
    """The intent: this mail is to be delivered exactly once. `message_id` never changes between attempts."""

    type: Literal["delivery_requested"] = "delivery_requested"
    delivery_id: Id
    purpose: Literal["transcript"] = "transcript"
    source_id: Id
    conversation_id: Id
    to_address: str
    from_address: str
    subject: str
    message_id: str


class DeliveryDataSent(Event):
    """The body left, the final dot not yet."""

    type: Literal["delivery_data_sent"] = "delivery_data_sent"
    delivery_id: Id
    attempt: int


class DeliverySent(Event):
    """The mail server said 250. `maybe_twice`: an earlier attempt ended after the body left, its answer unknown."""

    type: Literal["delivery_sent"] = "delivery_sent"
    delivery_id: Id
    source_id: Id
    conversation_id: Id
    attempt: int
    message_id: str
    answer: str
    maybe_twice: bool = False


class DeliveryDeferred(Event):
    """Not now: tried again at `retry_at`. Not `answered`: if the body had left, it may have been delivered."""

    type: Literal["delivery_deferred"] = "delivery_deferred"
    delivery_id: Id
    attempt: int
    answer: str
    answered: bool = True
    retry_at: AwareDatetime


class DeliveryFailed(Event):
    """Never: refused for good, or tried for too long."""

    type: Literal["delivery_failed"] = "delivery_failed"
    delivery_id: Id
    source_id: Id
    conversation_id: Id
    attempt: int
    message_id: str
    answer: str


class NoticeRaised(Event):
    """An agent has something to know."""

    type: Literal["notice_raised"] = "notice_raised"
    notice_id: Id
    agent_id: Id
    kind: NoticeKind
    conversation_id: Id
    text: str


class NoticeRead(Event):
    """The agent has seen it."""

    type: Literal["notice_read"] = "notice_read"
    notice_id: Id
    agent_id: Id


NotificationsCommand = Annotated[
    RequestDelivery | MarkDataSent | RecordAttempt | RaiseNotice | ReadNotice, Field(discriminator="type")
]
NotificationsEvent = Annotated[
    DeliveryRequested | DeliveryDataSent | DeliverySent | DeliveryDeferred | DeliveryFailed | NoticeRaised | NoticeRead,
    Field(discriminator="type"),
]
