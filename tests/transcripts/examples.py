"""Transcripts in ready-made commands and events; anything may be overruled by name."""

from typing import Any

from shared.contracts.transcripts import (
    ConsiderTranscript,
    RecordDelivery,
    SendTranscript,
    TranscriptFailed,
    TranscriptRequested,
    TranscriptSent,
    TranscriptWithheld,
)  # fmt: skip
from tests.examples import BEN, CONVERSATION, NOON, asked_by, asked_by_service, id_of

TRANSCRIPT = id_of("transcript")
ANAS_ADDRESS, FALLBACK = "ana@home.example", "support@spoke-and-larch.example"
SUBJECT = "Your conversation with Spoke & Larch"
MESSAGE_ID = "<1@spoke-and-larch.example>"
ABOUT: dict[str, Any] = {"transcript_id": TRANSCRIPT, "conversation_id": CONVERSATION}


def the_end_is_considered(**changes: Any) -> ConsiderTranscript:
    """Ben closed Ana's conversation; nothing speaks against a transcript."""
    facts = {
        "with_bot": False, "ticket_id": None, "switched_on": True, "to_address": ANAS_ADDRESS, "from_address": FALLBACK,
        "subject": SUBJECT, "locale": "en",
    }  # fmt: skip
    return ConsiderTranscript(**asked_by_service("transcripts") | ABOUT | facts | changes)


def ben_sends(**changes: Any) -> SendTranscript:
    """Ben sends it by hand; sender and language are filled in already."""
    facts = {"to_address": ANAS_ADDRESS, "subject": SUBJECT, "from_address": FALLBACK}
    return SendTranscript(**asked_by(BEN) | ABOUT | facts | changes)


def the_mail_arrived(**changes: Any) -> RecordDelivery:
    """Ana's mail server took it."""
    facts = {"transcript_id": TRANSCRIPT, "delivered": True, "message_id": MESSAGE_ID}
    return RecordDelivery(**asked_by_service("transcripts") | facts | changes)


def the_mail_was_refused(**changes: Any) -> RecordDelivery:
    """There is no such mailbox."""
    return the_mail_arrived(**{"delivered": False, "error": "550 5.1.1 No such person"} | changes)


def requested(**changes: Any) -> TranscriptRequested:
    """It is on its way."""
    facts = {"to_address": ANAS_ADDRESS, "from_address": FALLBACK, "subject": SUBJECT, "locale": "en", "by_hand": False}
    return TranscriptRequested(**ABOUT | {"at": NOON} | facts | changes)


def withheld(**changes: Any) -> TranscriptWithheld:
    """It stays here."""
    return TranscriptWithheld(**ABOUT | {"at": NOON, "reason": "no_address"} | changes)


def sent(**changes: Any) -> TranscriptSent:
    """It arrived."""
    return TranscriptSent(**ABOUT | {"at": NOON, "to_address": ANAS_ADDRESS, "message_id": MESSAGE_ID} | changes)


def failed(**changes: Any) -> TranscriptFailed:
    """It never will."""
    return TranscriptFailed(**ABOUT | {"at": NOON, "to_address": ANAS_ADDRESS, "error": "550 5.1.1 No such person"} | changes)
