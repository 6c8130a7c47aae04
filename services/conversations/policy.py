"""What conversations does about what bots, routing and transcripts say."""

from collections.abc import Sequence
from typing import Any, Literal

from shared.contracts.bots import AddressCaptured, BotReplied, SessionEnded, SessionHandedOver
from shared.contracts.contacts import IdentifyContact
from shared.contracts.conversations import (
    AssignConversation,
    CloseConversation,
    HandOver,
    NoteTranscript,
    NoteWaiting,
    PostMessage,
)  # fmt: skip
from shared.contracts.routing import ConversationQueued, ConversationRouted
from shared.contracts.transcripts import TranscriptFailed, TranscriptRequested, TranscriptSent, TranscriptWithheld
from shared.contracts.values import Assignee, Author
from shared.envelope import Recorded
from shared.messages import Command, derived_id

BOTS = frozenset({"bot_replied", "address_captured", "session_handed_over", "session_ended"})
ROUTING = frozenset({"conversation_routed", "conversation_queued"})
TRANSCRIPTS = frozenset({"transcript_requested", "transcript_withheld", "transcript_sent", "transcript_failed"})

ENDED: dict[str, Literal["visitor_inactive", "bot_finished"]] = {"timed_out": "visitor_inactive", "finished": "bot_finished"}
WITHHELD = {
    "bot_conversation": "only the bot took part",
    "ticket_created": "a ticket was created",
    "no_address": "no e-mail address is known",
    "switched_off": "the channel has transcripts switched off",
    "too_many": "enough went to this unverified address today",
}


def _meta(recorded: Recorded[Any], actor: str = "service:conversations") -> dict[str, Any]:
    return {"command_id": derived_id(recorded.event_id, "conversations"), "at": recorded.event.at, "actor": actor}


def hear_bots(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """The bot speaks, learns an address, hands over, or ends."""
    event = recorded.event
    match event:
        case BotReplied():
            author = Author(kind="bot", id=event.bot_id, name=event.bot_name)
            return [
                PostMessage(
                    **_meta(recorded, f"bot:{event.bot_id}"), conversation_id=event.conversation_id,
                    message_id=event.message_id, author=author, content=event.content,
                )
            ]  # fmt: skip
        case AddressCaptured():
            return [IdentifyContact(**_meta(recorded), contact_id=event.contact_id, address=event.address, source="bot")]
        case SessionHandedOver():
            return [HandOver(**_meta(recorded), conversation_id=event.conversation_id, note=event.note, why=event.why)]
        case SessionEnded(reason="timed_out" | "finished"):
            return [
                CloseConversation(
                    **_meta(recorded), conversation_id=event.conversation_id, by="bot", reason=ENDED[event.reason], why=event.why
                )
            ]
        case _:
            return []


def hear_routing(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """The desk chose somebody, or found nobody."""
    event = recorded.event
    match event:
        case ConversationRouted():
            chosen = Assignee(id=event.agent_id, name=event.agent_name)
            return [
                AssignConversation(
                    **_meta(recorded), conversation_id=event.conversation_id, assignee=chosen, by="routing",
                    only_if_unassigned=True, why=event.why,
                )
            ]  # fmt: skip
        case ConversationQueued():
            return [NoteWaiting(**_meta(recorded), conversation_id=event.conversation_id, reason=event.reason, why=event.why)]
        case _:
            return []


def hear_transcripts(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """The thread says what became of the transcript."""
    event = recorded.event
    facts: dict[str, Any]
    match event:
        case TranscriptRequested():
            facts = {"status": "requested", "address": event.to_address, "by_hand": event.by_hand, "why": event.why}
        case TranscriptWithheld():
            facts = {"status": "not_sent", "reason": WITHHELD[event.reason], "why": event.why}
        case TranscriptSent():
            reason = "the mail server's first answer was lost; it may arrive twice" if event.maybe_twice else None
            facts = {
                "status": "sent", "address": event.to_address, "message_id": event.message_id, "reason": reason,
                "by_hand": event.by_hand,
            }  # fmt: skip
        case TranscriptFailed():
            facts = {"status": "failed", "address": event.to_address, "reason": event.error, "by_hand": event.by_hand}
        case _:
            return []
    return [NoteTranscript(**_meta(recorded), conversation_id=event.conversation_id, transcript_id=event.transcript_id, **facts)]
