"""Who is told what."""

from typing import Any

import pytest

from services.notifications.policy import Known, hear_conversations, hear_transcripts
from shared.contracts.conversations import CommentAdded, ConversationRead
from shared.contracts.notifications import RaiseNotice, ReadNotice, RequestDelivery
from shared.contracts.values import Author, Content
from shared.messages import Event, derived_id, new_id
from tests.examples import ANA, BEN, MIRA, TOMAS, WHERE, assigned, closed, said
from tests.transcripts.examples import requested as transcript_requested
from tests.transcripts.recording import recorded

KNOWN = Known("Ana Horvat", "Is the Fell 3 in stock?")


def comment(*mentions: Author, text: str = "Can you\n take this?") -> CommentAdded:
    facts = {"message_id": new_id(), "author": BEN, "content": Content(text=text), "mentions": [one.id for one in mentions]}
    return CommentAdded(**WHERE | facts)


def told(event: Event, actor: Author | None = BEN) -> list[RaiseNotice]:
    by = f"agent:{actor.id}" if actor else "service:conversations"
    commands = hear_conversations(recorded(event, by), KNOWN)
    assert all(isinstance(command, RaiseNotice) for command in commands)
    return [command for command in commands if isinstance(command, RaiseNotice)]


def test_a_requested_transcript_is_mailed_once_however_often_it_is_heard() -> None:
    event = recorded(transcript_requested())
    [command], again = hear_transcripts(event, None), hear_transcripts(event, None)
    assert isinstance(command, RequestDelivery)
    assert again == [command]
    assert command.delivery_id == derived_id(command.source_id, "delivery")
    assert (command.to_address, command.subject) == (transcript_requested().to_address, transcript_requested().subject)


def test_mira_is_told_what_ben_gave_her() -> None:
    [notice] = told(assigned(to=MIRA))
    assert (notice.agent_id, notice.kind, notice.text) == (MIRA.id, "assigned", "Ana Horvat: Is the Fell 3 in stock?")


def test_routing_tells_whom_it_chose() -> None:
    [notice] = told(assigned(to=BEN, by="routing"), actor=None)
    assert notice.agent_id == BEN.id


@pytest.mark.parametrize("event", [assigned(to=BEN), assigned(to=BEN, by="reply"), closed(), said(ANA)])
def test_nobody_is_told_what_they_did_themselves_or_what_concerns_nobody(event: Event) -> None:
    assert told(event) == []


def test_everybody_who_is_mentioned_is_told_once_but_not_the_author() -> None:
    notices = told(comment(MIRA, TOMAS, MIRA, BEN))
    assert [notice.agent_id for notice in notices] == [MIRA.id, TOMAS.id]
    assert {notice.kind for notice in notices} == {"mentioned"}
    assert notices[0].text == "Ben Okoro: Can you take this?"
    assert len({notice.notice_id for notice in notices} | {notice.command_id for notice in notices}) == 4


def test_a_long_text_is_cut() -> None:
    [notice] = told(comment(MIRA, text="x" * 5000))
    assert len(notice.text) == 300


def test_of_a_conversation_never_heard_of_only_the_fact_is_told() -> None:
    [command] = hear_conversations(recorded(assigned(to=MIRA)), Known())
    assert isinstance(command, RaiseNotice)
    assert command.text == ""


def test_reading_settles_what_was_told() -> None:
    event: Any = ConversationRead(**WHERE, reader="agent", position=7)
    commands = hear_conversations(recorded(event), Known(settled=(new_id(), new_id())))
    assert [type(command) for command in commands] == [ReadNotice, ReadNotice]
    assert len({command.command_id for command in commands}) == 2
