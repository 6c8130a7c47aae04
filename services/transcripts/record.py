"""What of a conversation's log belongs into its transcript: how it began, and every public message up to its end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.transcripts.policy import transcript_id_of
from shared.contracts.conversations import ConversationClosed, ConversationStarted, MessagePosted
from shared.envelope import Recorded

READS = frozenset({"conversation_started", "message_posted", "conversation_closed"})
"""The only events a transcript looks at; a comment is not even read."""


@dataclass(frozen=True)
class Record:
    """A conversation, as its visitor knows it."""

    started: ConversationStarted
    messages: tuple[MessagePosted, ...]


def record_of(events: Sequence[Recorded[Any]], transcript_id: str, asked_at: datetime) -> Record | None:
    """The record up to the end that `transcript_id` belongs to, else up to the last end before it was asked for."""
    kept = [recorded.event for recorded in events[: _end(events, transcript_id, asked_at)]]
    started = next((event for event in kept if isinstance(event, ConversationStarted)), None)
    if started is None:
        return None
    return Record(started, tuple(event for event in kept if isinstance(event, MessagePosted)))


def _end(events: Sequence[Recorded[Any]], transcript_id: str, asked_at: datetime) -> int:
    ends = [(n, recorded) for n, recorded in enumerate(events) if isinstance(recorded.event, ConversationClosed)]
    own = [n for n, recorded in ends if transcript_id_of(recorded.event_id) == transcript_id]
    earlier = [n for n, recorded in ends if recorded.event.at <= asked_at]
    return (own or earlier[-1:] or [len(events)])[0]
