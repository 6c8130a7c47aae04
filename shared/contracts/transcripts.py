"""Transcripts: whether the written record of a conversation goes out, to whom, and what became of it (features §8)."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from shared.errors import NotFound, Refused
from shared.messages import Address, Command, Event, Id, Query, Why

WithheldReason = Literal["bot_conversation", "ticket_created", "no_address", "switched_off", "too_many"]
Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f\x85\u2028\u2029]*$")
]
"""A mail's subject: one line, whatever a mail program takes for a line."""

# Refusals


class TranscriptNotFound(NotFound):
    """There is no such transcript."""


class NothingToSend(NotFound):
    """There is no such conversation to send a transcript of."""


class TranscriptExists(Refused):
    """This transcript was sent before, to another address or about another conversation."""


class ConversationStillOpen(Refused):
    """A transcript is sent when the conversation has ended. Close it first."""


# Commands


class ConsiderTranscript(Command):
    """A conversation ended: does its transcript go out by itself? The facts come with the question.

    `too_many`: this day's share of an address that somebody merely claimed is used up.
    """

    circumstances = frozenset({"at", "switched_on", "to_address", "from_address", "subject", "locale", "too_many"})
    type: Literal["consider_transcript"] = "consider_transcript"
    transcript_id: Id
    conversation_id: Id
    with_bot: bool
    ticket_id: Id | None
    switched_on: bool
    to_address: Address | None
    from_address: Address
    subject: Subject
    locale: str
    too_many: bool = False


class SendTranscript(Command):
    """An agent sends the transcript by hand, to any contact's address, with a subject of their own.

    The service itself fills in `from_address` and `locale`.
    """

    circumstances = frozenset({"at", "from_address", "locale"})
    type: Literal["send_transcript"] = "send_transcript"
    transcript_id: Id
    conversation_id: Id
    to_address: Address
    subject: Subject
    from_address: Address | None = None
    locale: str = "en"


class RecordDelivery(Command):
    """Notifications says what became of the mail."""

    type: Literal["record_delivery"] = "record_delivery"
    transcript_id: Id
    delivered: bool
    message_id: str
    error: str | None = None
    maybe_twice: bool = False


# Events


class TranscriptRequested(Event):
    """A transcript is on its way; notifications delivers it."""

    type: Literal["transcript_requested"] = "transcript_requested"
    transcript_id: Id
    conversation_id: Id
    to_address: str
    from_address: str
    subject: str
    locale: str
    by_hand: bool
    why: Why = ()


class TranscriptWithheld(Event):
    """No transcript goes out by itself, and this is why."""

    type: Literal["transcript_withheld"] = "transcript_withheld"
    transcript_id: Id
    conversation_id: Id
    reason: WithheldReason
    why: Why = ()


class TranscriptSent(Event):
    """The visitor's mail server took the transcript. `maybe_twice`: a crash hid the first answer, one extra copy is possible."""

    type: Literal["transcript_sent"] = "transcript_sent"
    transcript_id: Id
    conversation_id: Id
    to_address: str
    by_hand: bool = False
    message_id: str
    maybe_twice: bool = False


class TranscriptFailed(Event):
    """The transcript could not be delivered."""

    type: Literal["transcript_failed"] = "transcript_failed"
    transcript_id: Id
    conversation_id: Id
    to_address: str
    by_hand: bool = False
    error: str


# Queries


class RenderedTranscript(BaseModel):
    """A transcript as it is mailed, or one of its `parts`: html and text of all parts, joined, are the whole."""

    transcript_id: Id
    subject: str
    html: str
    text: str
    parts: int = 1


class TranscriptOf(Query):
    """The rendered transcript, for the mail or a preview. One reply holds one part; long ones have several, from 0."""

    answer = RenderedTranscript
    type: Literal["transcript_of"] = "transcript_of"
    transcript_id: Id
    part: Annotated[int, Field(ge=0)] = 0


TranscriptsCommand = Annotated[ConsiderTranscript | SendTranscript | RecordDelivery, Field(discriminator="type")]
TranscriptsEvent = Annotated[
    TranscriptRequested | TranscriptWithheld | TranscriptSent | TranscriptFailed, Field(discriminator="type")
]
TranscriptsQuery = Annotated[TranscriptOf, Field()]
