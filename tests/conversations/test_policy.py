"""What conversations does about what bots, routing and transcripts say."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from services.conversations.__main__ import service
from services.conversations.policy import BOTS, ROUTING, TRANSCRIPTS, hear_bots, hear_routing, hear_transcripts
from shared.contracts.bots import AddressCaptured, BotPublished, BotReplied, SessionEnded, SessionHandedOver
from shared.contracts.routing import ConversationQueued, ConversationRouted, OwnerNoted
from shared.contracts.transcripts import TranscriptFailed, TranscriptRequested, TranscriptSent, TranscriptWithheld
from shared.contracts.values import Content
from shared.messages import Command, Event, why
from tests.examples import ANA, BEN, CONVERSATION, FLOW, INBOX, LARCH, NOON, id_of
from tests.recorded import again, recorded

HERE: dict[str, Any] = {"at": NOON, "conversation_id": CONVERSATION}
TRANSCRIPT: dict[str, Any] = HERE | {"transcript_id": id_of("transcript")}
SENDING = TRANSCRIPT | {"to_address": "ana@home.example", "from_address": "sales@shop.example", "subject": "Chat", "locale": "en"}
BECAUSE = why("Larch reached its end")

REPLIED = BotReplied(
    **HERE, bot_id=LARCH.id, bot_name=LARCH.name, message_id=id_of("reply"), content=Content(text="Thank you."),
)  # fmt: skip
ROUTED = ConversationRouted(**HERE, agent_id=BEN.id, agent_name=BEN.name, strategy="round_robin", why=BECAUSE)
Hear = Callable[..., Sequence[Command]]

HEARD: list[tuple[Hear, Event, str]] = [
    (hear_bots, REPLIED, "post_message"),
    (hear_bots, AddressCaptured(**HERE, contact_id=ANA.id, address="ana@home.example"), "identify_contact"),
    (hear_bots, SessionHandedOver(**HERE, bot_name=LARCH.name), "hand_over"),
    (hear_bots, SessionEnded(**HERE, reason="timed_out"), "close_conversation"),
    (hear_bots, SessionEnded(**HERE, reason="finished"), "close_conversation"),
    (hear_routing, ROUTED, "assign_conversation"),
    (hear_routing, ConversationQueued(**HERE, inbox_id=INBOX, reason="Everybody is away"), "note_waiting"),
    (hear_transcripts, TranscriptRequested(**SENDING, by_hand=False), "note_transcript"),
    (hear_transcripts, TranscriptWithheld(**TRANSCRIPT, reason="no_address"), "note_transcript"),
    (hear_transcripts, TranscriptSent(**TRANSCRIPT, to_address="ana@home.example", message_id="<1@x>"), "note_transcript"),
    (hear_transcripts, TranscriptFailed(**TRANSCRIPT, to_address="ana@home.example", error="550"), "note_transcript"),
]


@pytest.mark.parametrize(("hear", "event", "command"), HEARD, ids=lambda value: getattr(value, "type", None))
def test_each_event_asks_for_one_command(hear: Hear, event: Event, command: str) -> None:
    heard = recorded(event)
    [asked] = hear(heard, None)
    assert asked.type == command  # type: ignore[attr-defined]
    assert asked.at == event.at


@pytest.mark.parametrize(("hear", "event", "command"), HEARD, ids=lambda value: getattr(value, "type", None))
def test_the_same_event_twice_asks_for_the_same(hear: Hear, event: Event, command: str) -> None:
    heard = recorded(event)
    assert list(hear(again(heard), None)) == list(hear(heard, None))
    assert hear(heard, None)[0].command_id != hear(recorded(event), None)[0].command_id


def test_all_that_is_heard_is_answered() -> None:
    """Every type a consumer is woken for stands in the table above, and nothing else does."""
    assert {event.type for _, event, _ in HEARD} == BOTS | ROUTING | TRANSCRIPTS  # type: ignore[attr-defined]
    assert [(hears.source, hears.types) for hears in service.hears] == [
        ("bots", BOTS),
        ("routing", ROUTING),
        ("transcripts", TRANSCRIPTS),
    ]


def test_what_is_none_of_its_business_asks_for_nothing() -> None:
    published = BotPublished(at=NOON, bot_id=LARCH.id, name=LARCH.name, version=1, flow=FLOW)
    assert hear_bots(recorded(published), None) == []
    assert hear_bots(recorded(SessionEnded(**HERE, reason="taken_over")), None) == []
    assert hear_bots(recorded(SessionEnded(**HERE, reason="closed")), None) == []
    assert hear_routing(recorded(OwnerNoted(**HERE, agent_id=BEN.id)), None) == []
    assert hear_transcripts(recorded(published), None) == []


def test_the_bot_speaks_in_its_own_name() -> None:
    [post] = hear_bots(recorded(REPLIED), None)
    assert (post.author, post.actor, post.message_id) == (LARCH, f"bot:{LARCH.id}", REPLIED.message_id)  # type: ignore[attr-defined]


def test_routing_never_overrules_people_and_says_why() -> None:
    [assign] = hear_routing(recorded(ROUTED), None)
    assert (assign.only_if_unassigned, assign.by, assign.why) == (True, "routing", BECAUSE)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("reason", "said"), [("timed_out", "visitor_inactive"), ("finished", "bot_finished")])
def test_the_end_says_whether_ana_was_silent_or_larch_was_done(reason: str, said: str) -> None:
    ended = SessionEnded.model_validate(HERE | {"reason": reason})
    [close] = hear_bots(recorded(ended), None)
    assert (close.by, close.reason) == ("bot", said)  # type: ignore[attr-defined]


@pytest.mark.parametrize("reason", ["bot_conversation", "ticket_created", "no_address", "switched_off", "too_many"])
def test_every_reason_for_not_sending_is_told_in_words(reason: str) -> None:
    withheld = TranscriptWithheld.model_validate(TRANSCRIPT | {"reason": reason})
    [note] = hear_transcripts(recorded(withheld), None)
    assert note.status == "not_sent"  # type: ignore[attr-defined]
    assert " " in note.reason  # type: ignore[attr-defined]


def test_a_mail_that_may_arrive_twice_says_so() -> None:
    sent = TranscriptSent(**TRANSCRIPT, to_address="ana@home.example", message_id="<1@x>", maybe_twice=True)
    [note] = hear_transcripts(recorded(sent), None)
    assert "twice" in note.reason  # type: ignore[attr-defined]
