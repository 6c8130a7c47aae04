"""What transcripts does when a conversation ends, and when notifications says what became of a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.transcripts.words import default_subject
from shared.contracts.conversations import ConversationClosed
from shared.contracts.notifications import DeliveryFailed, DeliverySent
from shared.contracts.transcripts import ConsiderTranscript, RecordDelivery
from shared.envelope import Recorded
from shared.messages import Command, derived_id

CONVERSATIONS = frozenset({"conversation_closed"})
NOTIFICATIONS = frozenset({"delivery_sent", "delivery_failed"})


@dataclass(frozen=True)
class Ending:
    """What the read model knows about a conversation that has ended."""

    switched_on: bool
    to_address: str | None
    from_address: str
    company: str
    locale: str
    too_many: bool = False


def transcript_id_of(ended: str) -> str:
    """The transcript that belongs to this end of a conversation (the id of its `conversation_closed`)."""
    return derived_id(ended, "transcript")


def hear_conversations(recorded: Recorded[Any], ending: Ending) -> Sequence[Command]:
    """A conversation ended: does its transcript go out? Each end is asked about for itself."""
    event = recorded.event
    match event:
        case ConversationClosed():
            return [
                ConsiderTranscript(
                    **_meta(recorded), transcript_id=transcript_id_of(recorded.event_id), conversation_id=event.conversation_id,
                    with_bot=event.with_bot, ticket_id=event.ticket_id, switched_on=ending.switched_on,
                    to_address=ending.to_address, from_address=ending.from_address,
                    subject=default_subject(ending.locale, ending.company), locale=ending.locale,
                    too_many=ending.too_many,
                )
            ]  # fmt: skip
        case _:
            return []


def hear_notifications(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """The mail arrived, or never will."""
    event = recorded.event
    match event:
        case DeliverySent():
            return [
                RecordDelivery(
                    **_meta(recorded), transcript_id=event.source_id, delivered=True, message_id=event.message_id,
                    maybe_twice=event.maybe_twice,
                )
            ]  # fmt: skip
        case DeliveryFailed():
            return [
                RecordDelivery(
                    **_meta(recorded), transcript_id=event.source_id, delivered=False, message_id=event.message_id,
                    error=event.answer,
                )
            ]  # fmt: skip
        case _:
            return []


def _meta(recorded: Recorded[Any]) -> dict[str, Any]:
    return {"command_id": derived_id(recorded.event_id, "transcripts"), "at": recorded.event.at, "actor": "service:transcripts"}
