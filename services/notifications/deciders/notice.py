"""One thing one agent is told, once, until they have seen it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from shared.contracts.notifications import NoticeNotFound, NoticeRaised, NoticeRead, RaiseNotice, ReadNotice
from shared.decider import Decider

NoticeCommand = RaiseNotice | ReadNotice
NoticeEvent = NoticeRaised | NoticeRead


@dataclass(frozen=True)
class Notice:
    """Whose it is, and whether they have seen it. No agent: never raised."""

    agent_id: str | None = None
    read: bool = False


def decide(command: NoticeCommand, notice: Notice) -> Sequence[NoticeEvent]:
    match command:
        case RaiseNotice():
            return _raise(command, notice)
        case ReadNotice():
            return _read(command, notice)
        case _:
            assert_never(command)


def _raise(command: RaiseNotice, notice: Notice) -> Sequence[NoticeEvent]:
    if notice.agent_id is not None:
        return []
    return [
        NoticeRaised(
            at=command.at, notice_id=command.notice_id, agent_id=command.agent_id, kind=command.kind,
            conversation_id=command.conversation_id, text=command.text,
        )
    ]  # fmt: skip


def _read(command: ReadNotice, notice: Notice) -> Sequence[NoticeEvent]:
    """Only its agent can have seen it; to anybody else there is no such notice."""
    if notice.agent_id is None or command.actor not in {f"agent:{notice.agent_id}", "service:notifications"}:
        raise NoticeNotFound
    if notice.read:
        return []
    return [NoticeRead(at=command.at, notice_id=command.notice_id, agent_id=notice.agent_id)]


def evolve(notice: Notice, event: NoticeEvent) -> Notice:
    match event:
        case NoticeRaised():
            return Notice(event.agent_id)
        case NoticeRead():
            return replace(notice, read=True)
        case _:
            assert_never(event)


DECIDER = Decider(
    commands=(RaiseNotice, ReadNotice),
    stream_of=lambda command: f"notice-{command.notice_id}",
    initial=Notice(),
    decide=decide,
    evolve=evolve,
)
