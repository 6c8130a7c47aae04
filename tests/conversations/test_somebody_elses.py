"""For Eve, Ana's conversation does not exist, whatever she asks."""

from typing import Any

import pytest

from services.conversations.deciders.conversation import DECIDER
from shared.contracts.conversations import ConversationCommand, CreateTicket, HandOver, MarkRead, NoteTranscript, NoteWaiting
from shared.contracts.refusals import ConversationNotFound
from shared.messages import Command
from tests.examples import (
    ANA,
    CONVERSATION,
    EVE,
    ana_says,
    ana_starts,
    asked_by,
    assigns,
    ben_closes,
    closed,
    comments,
    id_of,
    reopens,
    started,
    unassigns,
)  # fmt: skip
from tests.given import given

HERS: dict[str, Any] = {"conversation_id": CONVERSATION}
EVERY_COMMAND: tuple[Command, ...] = (
    ana_starts(),
    ana_says(),
    comments(),
    assigns(),
    unassigns(),
    HandOver(**asked_by(EVE), **HERS),
    NoteWaiting(**asked_by(EVE), **HERS, reason="Everybody is away"),
    ben_closes(),
    reopens(),
    MarkRead(**asked_by(EVE), **HERS, reader="visitor", position=1),
    CreateTicket(**asked_by(EVE), **HERS, ticket_id=id_of("ticket"), title="Mine"),
    NoteTranscript(**asked_by(EVE), **HERS, transcript_id=id_of("transcript"), status="sent"),
)


def test_no_command_is_left_out() -> None:
    assert {type(command) for command in EVERY_COMMAND} == set(ConversationCommand.__args__)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.type)
def test_anas_conversation_does_not_exist_for_eve(command: Command) -> None:
    hers = command.model_copy(update={"actor": f"visitor:{EVE.id}"})
    given(DECIDER, started()).when(hers).then_refused(ConversationNotFound)
    given(DECIDER, started(), closed()).when(hers).then_refused(ConversationNotFound)


@pytest.mark.parametrize("command", EVERY_COMMAND[1:], ids=lambda command: command.type)
def test_what_never_began_looks_just_the_same(command: Command) -> None:
    given(DECIDER).when(command).then_refused(ConversationNotFound)


def test_claiming_to_be_ana_in_the_message_does_not_help() -> None:
    forged = ana_says(actor=f"visitor:{EVE.id}")
    assert forged.author == ANA
    given(DECIDER, started()).when(forged).then_refused(ConversationNotFound)
