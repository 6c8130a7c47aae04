"""Who is told what: the visitor by mail, agents by notices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.conversations import CommentAdded, ConversationAssigned, ConversationRead
from shared.contracts.notifications import NoticeKind, RaiseNotice, ReadNotice, RequestDelivery
from shared.contracts.transcripts import TranscriptRequested
from shared.envelope import Recorded
from shared.messages import Command, derived_id

TRANSCRIPTS = frozenset({"transcript_requested"})
CONVERSATIONS = frozenset({"conversation_assigned", "comment_added", "conversation_read"})

TEXT_LENGTH = 300


@dataclass(frozen=True)
class Known:
    """What the read model knows when something happens in a conversation. `settled`: notices this reading settles."""

    contact_name: str = ""
    preview: str = ""
    settled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """One agent is told one thing."""

    notice_id: str
    agent_id: str
    kind: NoticeKind


def hear_transcripts(recorded: Recorded[Any], _facts: None) -> Sequence[Command]:
    """A transcript is to go out by mail."""
    event = recorded.event
    match event:
        case TranscriptRequested():
            return [
                RequestDelivery(
                    **_meta(recorded, "delivery"), delivery_id=derived_id(event.transcript_id, "delivery"),
                    source_id=event.transcript_id, conversation_id=event.conversation_id, to_address=event.to_address,
                    from_address=event.from_address, subject=event.subject,
                )
            ]  # fmt: skip
        case _:
            return []


def told_by(recorded: Recorded[Any]) -> Iterator[Told]:
    """Whom an event concerns who did not do it themselves: one notice per person and event."""
    event = recorded.event
    match event:
        case ConversationAssigned(by="agent" | "routing") if recorded.actor != f"agent:{event.assignee.id}":
            yield _told(recorded, event.assignee.id, "assigned")
        case CommentAdded():
            for agent_id in dict.fromkeys(event.mentions):
                if agent_id != event.author.id:
                    yield _told(recorded, agent_id, "mentioned")
        case _:
            return


def hear_conversations(recorded: Recorded[Any], known: Known) -> Sequence[Command]:
    """Somebody got a conversation or was mentioned; or somebody has read what they were told of."""
    event = recorded.event
    match event:
        case ConversationAssigned() | CommentAdded():
            text = _text(event, known)
            return [
                RaiseNotice(
                    **_meta(recorded, told.notice_id), notice_id=told.notice_id, agent_id=told.agent_id, kind=told.kind,
                    conversation_id=event.conversation_id, text=text,
                )
                for told in told_by(recorded)
            ]  # fmt: skip
        case ConversationRead():
            return [ReadNotice(**_meta(recorded, notice_id), notice_id=notice_id) for notice_id in known.settled]
        case _:
            return []


def _text(event: ConversationAssigned | CommentAdded, known: Known) -> str:
    if isinstance(event, CommentAdded):
        said = " ".join(event.content.text.split())
        return f"{event.author.name}: {said}"[:TEXT_LENGTH]
    return (f"{known.contact_name}: {known.preview}" if known.preview else known.contact_name)[:TEXT_LENGTH]


def _told(recorded: Recorded[Any], agent_id: str, kind: NoticeKind) -> Told:
    return Told(derived_id(recorded.event_id, f"notice-{agent_id}"), agent_id, kind)


def _meta(recorded: Recorded[Any], purpose: str) -> dict[str, Any]:
    return {
        "command_id": derived_id(recorded.event_id, f"notifications-{purpose}"),
        "at": recorded.event.at,
        "actor": "service:notifications",
    }
