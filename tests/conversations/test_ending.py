"""How a conversation ends, begins again, and what is noted on the way."""

import pytest

from services.conversations.deciders.conversation import DECIDER
from shared.contracts.conversations import (
    ConversationReopened,
    CreateTicket,
    MarkRead,
    NoteTranscript,
    TicketCreated,
)  # fmt: skip
from shared.contracts.refusals import BotIsSilenced, TicketExists
from tests.examples import (
    ANA,
    BEN,
    CONVERSATION,
    LARCH,
    WHERE,
    ana_says,
    asked_by,
    asked_by_service,
    assigned,
    ben_closes,
    ben_replies,
    closed,
    handed_over,
    id_of,
    larch_closes,
    larch_says,
    reopens,
    routing_assigns,
    started,
    started_with_larch,
)  # fmt: skip
from tests.given import Given, given

TICKET = id_of("ticket")
REOPENED = ConversationReopened(**WHERE, owner_id=None)


def ticket(ticket_id: str = TICKET) -> CreateTicket:
    return CreateTicket(**asked_by(BEN), conversation_id=CONVERSATION, ticket_id=ticket_id, title="A 52 for Ana")


def mark_read(position: int, reader: str = "agent") -> MarkRead:
    who = ANA if reader == "visitor" else BEN
    return MarkRead.model_validate(asked_by(who) | {"conversation_id": CONVERSATION, "reader": reader, "position": position})


def note_transcript(status: str, transcript_id: str = id_of("transcript")) -> NoteTranscript:
    facts = {"conversation_id": CONVERSATION, "transcript_id": transcript_id, "status": status}
    return NoteTranscript.model_validate(asked_by_service("conversations") | facts)


def after(history: Given, *commands: object) -> Given:
    """The history with what these commands lead to."""
    for command in commands:
        history = given(DECIDER, *history.events, *DECIDER.decide(command, history.state))
    return history


def test_ben_closes_it_once() -> None:
    [ended] = given(DECIDER, started(), assigned(BEN)).when(ben_closes()).then_types("conversation_closed")
    assert (ended.by, ended.reason, ended.closed_by, ended.with_bot) == ("agent", "closed_by_agent", BEN, False)
    given(DECIDER, started(), closed()).when(ben_closes()).then_nothing()


def test_larch_closes_what_it_still_leads() -> None:
    [ended] = given(DECIDER, started_with_larch()).when(larch_closes()).then_types("conversation_closed")
    assert (ended.by, ended.reason, ended.with_bot) == ("bot", "visitor_inactive", True)
    given(DECIDER, started_with_larch(), closed()).when(larch_closes()).then_nothing()


@pytest.mark.parametrize("took_over", [assigned(BEN), handed_over()])
def test_a_time_out_never_ends_a_conversation_with_people(took_over: object) -> None:
    given(DECIDER, started_with_larch(), took_over).when(larch_closes()).then_refused(BotIsSilenced)  # type: ignore[arg-type]
    given(DECIDER, started()).when(larch_closes()).then_refused(BotIsSilenced)


def test_an_agent_may_close_the_bots_conversation() -> None:
    [ended] = given(DECIDER, started_with_larch()).when(ben_closes()).then_types("conversation_closed")
    assert (ended.by, ended.with_bot) == ("agent", True)


def test_reopening_keeps_the_owner_and_happens_once() -> None:
    [again] = given(DECIDER, started(), assigned(BEN), closed()).when(reopens()).then_types("conversation_reopened")
    assert again.owner_id == BEN.id
    given(DECIDER, started(), assigned(BEN)).when(reopens()).then_nothing()


def test_after_reopening_people_speak_and_the_bot_does_not() -> None:
    history = given(DECIDER, started_with_larch(), closed(by="bot", reason="visitor_inactive"), REOPENED)
    history.when(ana_says()).then_types("message_posted")
    history.when(ben_replies()).then_types("message_posted", "conversation_assigned")
    history.when(larch_says()).then_refused(BotIsSilenced)
    history.when(routing_assigns()).then_types("conversation_assigned")


def test_a_conversation_gets_one_ticket() -> None:
    created = TicketCreated(**WHERE, ticket_id=TICKET, title="A 52 for Ana")
    given(DECIDER, started()).when(ticket()).then(created)
    given(DECIDER, started(), created).when(ticket()).then_nothing()
    given(DECIDER, started(), created).when(ticket(id_of("another"))).then_refused(TicketExists)
    given(DECIDER, started(), closed()).when(ticket()).then_types("ticket_created")


def test_the_end_names_the_ticket() -> None:
    created = TicketCreated(**WHERE, ticket_id=TICKET, title="A 52 for Ana")
    [ended] = given(DECIDER, started(), created).when(ben_closes()).then_types("conversation_closed")
    assert ended.ticket_id == TICKET


def test_the_ticket_is_closed_with_the_conversation_or_stays_open() -> None:
    created = TicketCreated(**WHERE, ticket_id=TICKET, title="A 52 for Ana")
    both = ben_closes(with_ticket=True)
    [_, ticket_closed] = given(DECIDER, started(), created).when(both).then_types("conversation_closed", "ticket_closed")
    assert ticket_closed.ticket_id == TICKET
    given(DECIDER, started(), created).when(ben_closes()).then_types("conversation_closed")
    given(DECIDER, started()).when(both).then_types("conversation_closed")
    given(DECIDER, started(), created, closed(), ticket_closed).when(both).then_nothing()
    given(DECIDER, started(), created, closed(), ticket_closed, REOPENED).when(both).then_types("conversation_closed")


def test_reading_only_moves_forward_and_each_side_reads_for_itself() -> None:
    history = after(given(DECIDER, started(), closed()), mark_read(1))
    history.when(mark_read(1)).then_nothing()
    history.when(mark_read(0)).then_nothing()
    history.when(mark_read(2)).then_types("conversation_read")
    history.when(mark_read(1, reader="visitor")).then_types("conversation_read")


def test_nobody_has_read_what_has_not_happened_yet() -> None:
    history = given(DECIDER, started(), closed())
    [read] = history.when(mark_read(1_000_000)).then_types("conversation_read")
    assert read.position == 2
    after(history, mark_read(1_000_000)).when(mark_read(2_000_000)).then_nothing()


def test_what_became_of_the_transcript_is_noted_once_per_step() -> None:
    history = after(given(DECIDER, started(), closed()), note_transcript("requested"))
    history.when(note_transcript("requested")).then_nothing()
    history.when(note_transcript("sent")).then_types("transcript_noted")
    history.when(note_transcript("requested", id_of("by hand"))).then_types("transcript_noted")
    after(history, note_transcript("sent")).when(note_transcript("sent")).then_nothing()


def test_the_bot_is_named_in_what_it_ends() -> None:
    """Taking over and closing leaves no trace of the bot; closing while it leads does."""
    [taken] = given(DECIDER, started_with_larch(), assigned(BEN)).when(ben_closes()).then_types("conversation_closed")
    assert not taken.with_bot
    assert given(DECIDER, started_with_larch()).state.bot.id == LARCH.id
