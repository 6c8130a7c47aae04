"""Whether a transcript goes out, and what became of it. One stream per transcript; each end of a conversation has its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from shared.contracts.transcripts import (
    ConsiderTranscript,
    NothingToSend,
    RecordDelivery,
    SendTranscript,
    TranscriptExists,
    TranscriptFailed,
    TranscriptNotFound,
    TranscriptRequested,
    TranscriptsCommand,
    TranscriptSent,
    TranscriptsEvent,
    TranscriptWithheld,
    WithheldReason,
)  # fmt: skip
from shared.decider import Decider
from shared.messages import Cause, why

ENDED = "The conversation ended"


@dataclass(frozen=True)
class Transcript:
    """How far a transcript has come."""

    status: Literal["none", "withheld", "requested", "settled"] = "none"
    conversation_id: str = ""
    to_address: str = ""
    subject: str = ""
    by_hand: bool = False


def decide(command: TranscriptsCommand, transcript: Transcript) -> Sequence[TranscriptsEvent]:
    match command:
        case ConsiderTranscript():
            return _consider(command, transcript)
        case SendTranscript():
            return _send(command, transcript)
        case RecordDelivery():
            return _record(command, transcript)
        case _:
            assert_never(command)


def _consider(command: ConsiderTranscript, transcript: Transcript) -> Sequence[TranscriptsEvent]:
    if transcript.status != "none":
        return []
    reason, causes = _judge(command)
    if reason is not None or command.to_address is None:
        return [
            TranscriptWithheld(
                at=command.at, transcript_id=command.transcript_id, conversation_id=command.conversation_id,
                reason=reason or "no_address", why=causes,
            )
        ]  # fmt: skip
    return [
        TranscriptRequested(
            at=command.at, transcript_id=command.transcript_id, conversation_id=command.conversation_id,
            to_address=command.to_address, from_address=command.from_address, subject=command.subject, locale=command.locale,
            by_hand=False, why=causes,
        )
    ]  # fmt: skip


def _judge(command: ConsiderTranscript) -> tuple[WithheldReason | None, tuple[Cause, ...]]:
    """The first reason not to send, or None; and what led there, the deciding cause last."""
    ended = (ENDED, command.at)
    if not command.switched_on:
        return "switched_off", why(ended, "This channel does not mail transcripts by itself")
    if command.with_bot:
        return "bot_conversation", why(ended, "No person had taken it over from the bot")
    if command.ticket_id is not None:
        return "ticket_created", why(ended, "A ticket was created in this conversation")
    if command.to_address is None:
        return "no_address", why(ended, "The visitor's e-mail address is not known")
    if command.too_many:
        return "too_many", why(ended, "Enough transcripts went to this address today, which nobody has verified")
    return None, why(ended, "This channel mails transcripts", "The visitor's e-mail address is known")


def _send(command: SendTranscript, transcript: Transcript) -> Sequence[TranscriptsEvent]:
    if transcript.status != "none":
        if (transcript.conversation_id, transcript.to_address, transcript.subject) != _what(command):
            raise TranscriptExists
        return []
    if command.from_address is None:
        raise NothingToSend
    return [
        TranscriptRequested(
            at=command.at, transcript_id=command.transcript_id, conversation_id=command.conversation_id,
            to_address=command.to_address, from_address=command.from_address, subject=command.subject, locale=command.locale,
            by_hand=True, why=why(("An agent sent it by hand", command.at)),
        )
    ]  # fmt: skip


def _what(command: SendTranscript) -> tuple[str, str, str]:
    return command.conversation_id, command.to_address, command.subject


def _record(command: RecordDelivery, transcript: Transcript) -> Sequence[TranscriptsEvent]:
    if transcript.status in {"none", "withheld"}:
        raise TranscriptNotFound
    if transcript.status == "settled":
        return []
    if command.delivered:
        return [
            TranscriptSent(
                at=command.at, transcript_id=command.transcript_id, conversation_id=transcript.conversation_id,
                to_address=transcript.to_address, by_hand=transcript.by_hand, message_id=command.message_id,
                maybe_twice=command.maybe_twice,
            )
        ]  # fmt: skip
    return [
        TranscriptFailed(
            at=command.at, transcript_id=command.transcript_id, conversation_id=transcript.conversation_id,
            to_address=transcript.to_address, by_hand=transcript.by_hand,
            error=command.error or "The mail could not be delivered",
        )
    ]  # fmt: skip


def evolve(transcript: Transcript, event: TranscriptsEvent) -> Transcript:
    match event:
        case TranscriptRequested():
            return Transcript("requested", event.conversation_id, event.to_address, event.subject, event.by_hand)
        case TranscriptWithheld():
            return Transcript("withheld", event.conversation_id)
        case TranscriptSent() | TranscriptFailed():
            return replace(transcript, status="settled")
        case _:
            assert_never(event)


DECIDER = Decider(
    commands=(ConsiderTranscript, SendTranscript, RecordDelivery),
    stream_of=lambda command: f"transcript-{command.transcript_id}",
    initial=Transcript(),
    decide=decide,
    evolve=evolve,
)
