"""Whatever is asked in whatever order, a conversation never gets into a state that cannot be."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.conversations.deciders.conversation import DECIDER
from services.conversations.deciders.conversation_state import Conversation
from services.gateway import inbox
from shared.contracts.conversations import CreateTicket, HandOver, MarkRead, NoteTranscript, NoteWaiting
from shared.contracts.refusals import ConversationIsClosed
from shared.errors import Refused
from shared.messages import Command, Event
from tests.examples import (
    ANA,
    BEN,
    CONVERSATION,
    EVE,
    MIRA,
    ana_says,
    ana_starts,
    ana_starts_with_larch,
    asked_by,
    asked_by_service,
    assigns,
    ben_closes,
    ben_replies,
    comments,
    id_of,
    larch_closes,
    larch_says,
    reopens,
    routing_assigns,
    says,
    unassigns,
)  # fmt: skip

HERE: dict[str, Any] = {"conversation_id": CONVERSATION}
BY_SERVICE = asked_by_service("conversations") | HERE
ANYTHING = st.one_of(
    st.sampled_from([
        ana_says(), ben_replies(), says(MIRA, "Hello"), larch_says(), comments(), assigns(BEN), assigns(MIRA),
        routing_assigns(BEN), routing_assigns(MIRA), unassigns(), HandOver(**BY_SERVICE),
        NoteWaiting(**BY_SERVICE, reason="away"), NoteWaiting(**BY_SERVICE, reason="full"),
        ben_closes(), ben_closes(with_ticket=True), larch_closes(), reopens(),
        CreateTicket(**asked_by(BEN), **HERE, ticket_id=id_of("1"), title="One"),
        CreateTicket(**asked_by(BEN), **HERE, ticket_id=id_of("2"), title="Two"),
        NoteTranscript(**BY_SERVICE, transcript_id=id_of("t"), status="requested"),
        NoteTranscript(**BY_SERVICE, transcript_id=id_of("t"), status="sent"),
        ana_says(actor=f"visitor:{EVE.id}"),
    ]),
    st.integers(0, 60).map(lambda seen: ben_replies(seen=seen)),
    st.integers(0, 60).map(lambda position: MarkRead(**asked_by(ANA), **HERE, reader="visitor", position=position)),
)  # fmt: skip


def live(first: Command, commands: list[Command]) -> list[tuple[Conversation, Command, list[Event], Conversation]]:
    """Each step: the state before, what was asked, what followed, the state after."""
    state, position, steps = DECIDER.initial, 0, []
    for command in (first, *commands):
        try:
            events = list(DECIDER.decide(command, state))
        except Refused:
            events = []
        after = DECIDER.fold(state, events, first=position + 1)
        steps.append((state, command, events, after))
        state, position = after, position + len(events)
    return steps


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([ana_starts(), ana_starts_with_larch()]), st.lists(ANYTHING, max_size=30))
def test_no_order_of_commands_leads_to_an_impossible_state(first: Command, commands: list[Command]) -> None:
    for before, _, events, after in live(first, commands):
        types = {event.type for event in events}  # type: ignore[attr-defined]
        assert not (after.bot and after.assignee), "a bot never leads what a person owns"
        assert after.open or after.waiting_reason is None, "what has ended does not wait"
        assert not (after.assignee and after.waiting_reason), "what is owned does not wait"
        if before.started and not before.open:
            assert not types & {"message_posted", "conversation_assigned", "conversation_unassigned", "conversation_closed"}
        if before.started and before.bot is None:
            assert after.bot is None, "the bot never comes back"
        if before.ticket_id:
            assert after.ticket_id == before.ticket_id, "a ticket is never un-linked"
        assert dict(after.read).get("visitor", 0) >= dict(before.read).get("visitor", 0), "nothing becomes unread"
        assert dict(after.read).get("visitor", 0) <= after.last, "nothing is read before it happens"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([ana_starts(), ana_starts_with_larch()]), st.lists(ANYTHING, max_size=20))
def test_an_accepted_message_is_the_authors_and_ana_never_hears_a_foreign_voice(first: Command, commands: list[Command]) -> None:
    for before, command, events, _ in live(first, commands):
        for event in events:
            if event.type == "message_posted" and before.started:  # type: ignore[attr-defined]
                assert event.author == command.author  # type: ignore[attr-defined]
                assert event.with_bot == (before.bot is not None and event.author.kind != "agent")  # type: ignore[attr-defined]
            assert event.contact_id == ANA.id  # type: ignore[attr-defined]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([ana_starts(), ana_starts_with_larch()]), st.lists(ANYTHING, max_size=20))
def test_the_inbox_row_knows_what_the_decider_knows(first: Command, commands: list[Command]) -> None:
    """Two folds of one history: the gateway's row may not say otherwise than the rules do."""
    steps = live(first, commands)
    row, position = None, 0
    for _, _, events, after in steps:
        for event in events:
            position += 1
            row = inbox.evolve(row, event, position)  # type: ignore[arg-type]
        assert row is not None
        assert (row.status == "open", row.assignee, row.bot, row.ticket_id, row.ticket_open) == (
            after.open, after.assignee, after.bot, after.ticket_id, after.ticket_open,
        )  # fmt: skip
        assert row.waiting_reason == after.waiting_reason
        assert row.visitor_read == dict(after.read).get("visitor", 0)
        assert row.last_message == after.newest[0]


@settings(max_examples=100, deadline=None)
@given(st.lists(ANYTHING, max_size=20))
def test_after_closing_a_message_is_refused_in_these_words(commands: list[Command]) -> None:
    *_, (_, _, _, after) = live(ana_starts(), commands)
    ended = DECIDER.fold(after, DECIDER.decide(ben_closes(), after))
    for command in (ana_says(), ben_replies(), larch_says()):
        try:
            DECIDER.decide(command, ended)
        except ConversationIsClosed:
            continue
        raise AssertionError("a closed conversation took a message")
