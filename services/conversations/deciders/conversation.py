"""A conversation: who may say what when, who owns it, how it ends."""

from collections.abc import Sequence
from typing import Any, assert_never

from services.conversations.deciders.conversation_state import Conversation, evolve, place
from shared.contracts.conversations import (
    AddComment,
    AssignConversation,
    CloseConversation,
    CommentAdded,
    ConversationAssigned,
    ConversationClosed,
    ConversationCommand,
    ConversationHandedOver,
    ConversationRead,
    ConversationReopened,
    ConversationStarted,
    ConversationUnassigned,
    ConversationWaiting,
    CreateTicket,
    HandOver,
    MarkRead,
    MessagePosted,
    NoteTranscript,
    NoteWaiting,
    PostMessage,
    ReopenConversation,
    StartConversation,
    TicketClosed,
    TicketCreated,
    TranscriptNoted,
    UnassignConversation,
)  # fmt: skip
from shared.contracts.refusals import (
    AlreadyAssigned,
    BotIsSilenced,
    ConversationHasStarted,
    ConversationIsClosed,
    ConversationNotFound,
    NothingToSay,
    SomethingNewer,
    TicketExists,
)
from shared.contracts.values import Assignee, Author, Content
from shared.decider import Decider
from shared.messages import Event


def decide(command: ConversationCommand, state: Conversation) -> Sequence[Event]:
    """The events that follow. Raises a refusal of `shared.contracts.conversations`."""
    if isinstance(command, StartConversation):
        return _start(command, state)
    if not state.started or not _is_theirs(command.actor, state):
        raise ConversationNotFound
    match command:
        case PostMessage():
            return _post(command, state)
        case AddComment():
            return _comment(command, state)
        case AssignConversation():
            return _assign(command, state)
        case UnassignConversation():
            return _unassign(command, state)
        case HandOver():
            return _hand_over(command, state)
        case NoteWaiting():
            return _wait(command, state)
        case CloseConversation():
            return _close(command, state)
        case ReopenConversation():
            return _reopen(command, state)
        case MarkRead():
            return _read(command, state)
        case CreateTicket():
            return _ticket(command, state)
        case NoteTranscript():
            return _note_transcript(command, state)
        case _:
            assert_never(command)


def _is_theirs(actor: str, state: Conversation) -> bool:
    """A visitor's only conversations are their own; others do not exist for them."""
    kind, _, who = actor.partition(":")
    return kind != "visitor" or who == state.contact_id


def _where(state: Conversation) -> dict[str, Any]:
    return {"conversation_id": state.conversation_id, "inbox_id": state.inbox_id, "contact_id": state.contact_id}


def _start(command: StartConversation, state: Conversation) -> Sequence[Event]:
    if state.started:
        if not _is_theirs(command.actor, state):
            raise ConversationNotFound
        raise ConversationHasStarted
    _need_something(command.content)
    where: dict[str, Any] = {
        "conversation_id": command.conversation_id,
        "inbox_id": command.inbox_id,
        "contact_id": command.contact_id,
    }
    started = ConversationStarted(
        at=command.at, **where, contact_name=command.contact_name, channel_id=command.channel_id, channel=command.channel,
        page=command.page, locale=command.locale, time_zone=command.time_zone, bot=command.bot,
    )  # fmt: skip
    visitor = Author(kind="visitor", id=command.contact_id, name=command.contact_name)
    said = MessagePosted(
        at=command.at, **where, message_id=command.message_id, author=visitor, content=command.content,
        with_bot=command.bot is not None,
    )  # fmt: skip
    return [started, *_greeted(command, where), said]


def _greeted(command: StartConversation, where: dict[str, Any]) -> list[MessagePosted]:
    """What the bot had shown before the visitor wrote, as its first words."""
    if command.bot is None:
        return []
    bot = Author(kind="bot", id=command.bot.id, name=command.bot.name)
    return [
        MessagePosted(at=command.at, **where, message_id=shown.message_id, author=bot, content=shown.content, with_bot=True)
        for shown in command.greeting
    ]


def _need_something(content: Content) -> None:
    if not content.text and not content.attachments:
        raise NothingToSay


def _post(command: PostMessage, state: Conversation) -> Sequence[Event]:
    _need_something(command.content)
    if not state.open:
        raise ConversationIsClosed
    author = command.author
    if author.kind == "bot" and (state.bot is None or state.bot.id != author.id):
        raise BotIsSilenced
    if author.kind == "agent" and command.seen is not None and command.seen < _newest_by_others(state, author.id):
        raise SomethingNewer
    said = MessagePosted(
        at=command.at, **_where(state), message_id=command.message_id, author=author, content=command.content,
        with_bot=state.bot is not None and author.kind != "agent",
    )  # fmt: skip
    if author.kind != "agent" or state.assignee is not None:
        return [said]
    owner = Assignee(id=author.id, name=author.name)
    return [said, ConversationAssigned(at=command.at, **_where(state), assignee=owner, by="reply", bot_led=state.bot is not None)]


def _newest_by_others(state: Conversation, author_id: str) -> int:
    position, by = state.newest
    return position if by != author_id else state.newest_other[0]


def _comment(command: AddComment, state: Conversation) -> Sequence[Event]:
    _need_something(command.content)
    return [
        CommentAdded(
            at=command.at, **_where(state), message_id=command.message_id, author=command.author, content=command.content,
            mentions=command.mentions,
        )
    ]  # fmt: skip


def _assign(command: AssignConversation, state: Conversation) -> Sequence[Event]:
    if not state.open:
        raise ConversationIsClosed
    if state.assignee == command.assignee:
        return []
    if command.only_if_unassigned and state.assignee is not None:
        raise AlreadyAssigned
    return [
        ConversationAssigned(
            at=command.at,
            **_where(state),
            assignee=command.assignee,
            by=command.by,
            bot_led=state.bot is not None,
            why=command.why,
        )
    ]


def _unassign(command: UnassignConversation, state: Conversation) -> Sequence[Event]:
    if not state.open:
        raise ConversationIsClosed
    return [] if state.assignee is None else [ConversationUnassigned(at=command.at, **_where(state))]


def _hand_over(command: HandOver, state: Conversation) -> Sequence[Event]:
    if not state.open:
        raise ConversationIsClosed
    if state.bot is None:
        return []
    return [ConversationHandedOver(at=command.at, **_where(state), bot=state.bot, note=command.note, why=command.why)]


def _wait(command: NoteWaiting, state: Conversation) -> Sequence[Event]:
    if not state.open or state.assignee is not None or state.waiting_reason == command.reason:
        return []
    return [ConversationWaiting(at=command.at, **_where(state), reason=command.reason, why=command.why)]


def _close(command: CloseConversation, state: Conversation) -> Sequence[Event]:
    if not state.open:
        return []
    if command.by == "bot" and state.bot is None:
        raise BotIsSilenced
    ended = ConversationClosed(
        at=command.at, **_where(state), by=command.by, reason=command.reason, closed_by=command.closed_by,
        with_bot=state.bot is not None, ticket_id=state.ticket_id, why=command.why,
    )  # fmt: skip
    if not command.with_ticket or state.ticket_id is None or not state.ticket_open:
        return [ended]
    return [ended, TicketClosed(at=command.at, **_where(state), ticket_id=state.ticket_id)]


def _reopen(command: ReopenConversation, state: Conversation) -> Sequence[Event]:
    if state.open:
        return []
    owner_id = state.assignee.id if state.assignee else None
    return [ConversationReopened(at=command.at, **_where(state), owner_id=owner_id)]


def _read(command: MarkRead, state: Conversation) -> Sequence[Event]:
    """Nobody has seen what has not happened yet: from a position further on in the log, this conversation's last event counts."""
    position = min(command.position, state.last)
    if position <= dict(state.read).get(command.reader, 0):
        return []
    return [ConversationRead(at=command.at, **_where(state), reader=command.reader, position=position)]


def _ticket(command: CreateTicket, state: Conversation) -> Sequence[Event]:
    if state.ticket_id == command.ticket_id:
        return []
    if state.ticket_id is not None:
        raise TicketExists
    return [TicketCreated(at=command.at, **_where(state), ticket_id=command.ticket_id, title=command.title)]


def _note_transcript(command: NoteTranscript, state: Conversation) -> Sequence[Event]:
    if dict(state.transcripts).get(command.transcript_id) == command.status:
        return []
    return [
        TranscriptNoted(
            at=command.at, **_where(state), transcript_id=command.transcript_id, status=command.status, address=command.address,
            message_id=command.message_id, reason=command.reason, by_hand=command.by_hand, why=command.why,
        )
    ]  # fmt: skip


DECIDER = Decider(
    commands=ConversationCommand.__args__,
    stream_of=lambda command: f"conversation-{command.conversation_id}",
    initial=Conversation(),
    decide=decide,
    evolve=evolve,
    place=place,
)
