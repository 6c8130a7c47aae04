"""A conversation begins."""

import pytest

from services.conversations.deciders.conversation import DECIDER
from shared.contracts.refusals import ConversationHasStarted, ConversationIsClosed, ConversationNotFound, NothingToSay
from shared.contracts.values import Attachment, Content
from tests.examples import (
    ANA,
    BOT,
    EVE,
    LARCH,
    ana_says,
    ana_starts,
    ana_starts_with_larch,
    ben_replies,
    closed,
    id_of,
    said,
    started,
)  # fmt: skip
from tests.given import given

PHOTO = Attachment(file_id=id_of("photo"), name="frame.jpg", media_type="image/jpeg", size=81_234)


def test_ana_starts_and_her_first_words_are_posted() -> None:
    began, spoke = given(DECIDER).when(ana_starts("Is it in stock?")).then_types("conversation_started", "message_posted")
    assert (began.contact_id, began.bot) == (ANA.id, None)
    assert (spoke.author, spoke.content.text, spoke.with_bot) == (ANA, "Is it in stock?", False)


def test_what_larch_had_shown_comes_before_what_ana_says() -> None:
    began, greeted, spoke = (
        given(DECIDER)
        .when(ana_starts_with_larch("Support"))
        .then_types("conversation_started", "message_posted", "message_posted")
    )
    assert began.bot == BOT
    assert (greeted.author, greeted.with_bot) == (LARCH, True)
    assert (spoke.author, spoke.with_bot) == (ANA, True)


def test_a_greeting_without_a_bot_is_nobodys_words() -> None:
    with_greeting = ana_starts_with_larch(bot=None)
    given(DECIDER).when(with_greeting).then_types("conversation_started", "message_posted")


def test_starting_again_with_other_words_is_refused() -> None:
    given(DECIDER, started()).when(ana_starts()).then_refused(ConversationHasStarted)
    given(DECIDER, started(), closed()).when(ana_starts()).then_refused(ConversationHasStarted)


def test_somebody_else_cannot_start_it_again() -> None:
    again = ana_starts(contact_id=EVE.id, actor=f"visitor:{EVE.id}")
    given(DECIDER, started()).when(again).then_refused(ConversationNotFound)


@pytest.mark.parametrize("start", [ana_starts, ana_starts_with_larch])
def test_it_cannot_begin_with_nothing(start: type) -> None:
    given(DECIDER).when(start("")).then_refused(NothingToSay)
    given(DECIDER).when(start(" \n ")).then_refused(NothingToSay)


def test_an_attachment_is_something_to_say() -> None:
    photo = Content(attachments=(PHOTO,))
    _, spoke = given(DECIDER).when(ana_starts(content=photo)).then_types("conversation_started", "message_posted")
    assert spoke.content.attachments == (PHOTO,)
    given(DECIDER, started()).when(ana_says(content=photo)).then_types("message_posted")


def test_nothing_is_posted_into_a_conversation_that_never_began_or_has_ended() -> None:
    given(DECIDER).when(ana_says()).then_refused(ConversationNotFound)
    given(DECIDER, started(), closed()).when(ana_says()).then_refused(ConversationIsClosed)
    given(DECIDER, started(), said(ANA), closed()).when(ben_replies()).then_refused(ConversationIsClosed)
    given(DECIDER, started()).when(ana_says("")).then_refused(NothingToSay)
