"""Who may say what, and when."""

from services.conversations.deciders.conversation import DECIDER
from shared.contracts.refusals import BotIsSilenced, ConversationIsClosed, NothingToSay, SomethingNewer
from tests.examples import (
    ANA,
    BEN,
    LARCH,
    MIRA,
    ana_says,
    assigned,
    ben_replies,
    closed,
    commented,
    comments,
    handed_over,
    id_of,
    larch_closes,
    larch_says,
    said,
    says,
    started,
    started_with_larch,
    unassigned,
)  # fmt: skip
from tests.given import given


def test_replying_to_an_unassigned_conversation_assigns_it_to_the_sender() -> None:
    spoke, owns = given(DECIDER, started(), said(ANA)).when(ben_replies()).then_types("message_posted", "conversation_assigned")
    assert spoke.author == BEN
    assert (owns.assignee.id, owns.by, owns.bot_led) == (BEN.id, "reply", False)


def test_replying_to_ones_own_or_a_colleagues_conversation_assigns_nobody() -> None:
    given(DECIDER, started(), assigned(BEN)).when(ben_replies()).then_types("message_posted")
    given(DECIDER, started(), assigned(MIRA)).when(ben_replies()).then_types("message_posted")


def test_after_the_owner_was_taken_away_the_next_reply_assigns_again() -> None:
    _, owns = (
        given(DECIDER, started(), assigned(MIRA), unassigned())
        .when(ben_replies())
        .then_types("message_posted", "conversation_assigned")
    )
    assert owns.assignee.id == BEN.id


def test_a_reply_into_the_bots_conversation_takes_it_over() -> None:
    spoke, owns = given(DECIDER, started_with_larch()).when(ben_replies()).then_types("message_posted", "conversation_assigned")
    assert (spoke.with_bot, owns.bot_led) == (False, True)


def test_larch_speaks_while_it_leads() -> None:
    [spoke] = given(DECIDER, started_with_larch()).when(larch_says()).then_types("message_posted")
    assert spoke.with_bot


def test_larch_is_silenced_once_people_have_taken_over_in_any_way() -> None:
    for took_over in (said(BEN), assigned(BEN), handed_over()):
        given(DECIDER, started_with_larch(), took_over).when(larch_says()).then_refused(BotIsSilenced)
        given(DECIDER, started_with_larch(), took_over).when(larch_closes()).then_refused(BotIsSilenced)


def test_a_bot_that_does_not_lead_here_is_silent() -> None:
    alder = LARCH.model_copy(update={"id": id_of("alder"), "name": "Alder"})
    given(DECIDER, started()).when(larch_says()).then_refused(BotIsSilenced)
    given(DECIDER, started_with_larch()).when(says(alder, "Hello")).then_refused(BotIsSilenced)


def test_what_ana_says_reaches_the_bot_only_while_it_leads() -> None:
    [to_bot] = given(DECIDER, started_with_larch()).when(ana_says()).then_types("message_posted")
    [to_people] = given(DECIDER, started_with_larch(), handed_over()).when(ana_says()).then_types("message_posted")
    assert (to_bot.with_bot, to_people.with_bot) == (True, False)


def test_ben_has_not_seen_what_ana_said_meanwhile() -> None:
    """Positions are 1, 2, 3: Ben's screen shows the second."""
    history = given(DECIDER, started(), said(ANA, "In stock?"), said(ANA, "In red?"), assigned(BEN))
    history.when(ben_replies(seen=2)).then_refused(SomethingNewer)
    history.when(ben_replies(seen=3)).then_types("message_posted")
    history.when(ben_replies()).then_types("message_posted")


def test_bens_own_message_is_never_news_to_him() -> None:
    history = given(DECIDER, started(), said(ANA), assigned(BEN), said(BEN, "Yes"), said(BEN, "In 52"))
    history.when(ben_replies(seen=2)).then_types("message_posted")
    history.when(ben_replies(seen=1)).then_refused(SomethingNewer)
    history.when(says(MIRA, "And in 54", seen=2)).then_refused(SomethingNewer)


def test_the_guard_remembers_what_others_said_before_ben() -> None:
    history = given(DECIDER, started(), said(ANA), said(MIRA, "One moment"), assigned(MIRA), said(BEN, "Hello"))
    history.when(ben_replies(seen=3)).then_types("message_posted")
    history.when(ben_replies(seen=2)).then_refused(SomethingNewer)


def test_neither_comments_nor_owners_are_news() -> None:
    history = given(DECIDER, started(), said(ANA), commented(), assigned(BEN))
    history.when(ben_replies(seen=2)).then_types("message_posted")


def test_visitors_and_bots_are_not_held_up_by_the_guard() -> None:
    history = given(DECIDER, started_with_larch(), said(ANA), said(LARCH))
    history.when(ana_says(seen=0)).then_types("message_posted")
    history.when(larch_says(seen=0)).then_types("message_posted")


def test_colleagues_comment_whether_it_is_open_or_not() -> None:
    [added] = given(DECIDER, started()).when(comments(mentions=(MIRA.id,))).then_types("comment_added")
    assert (added.author, added.mentions) == (BEN, (MIRA.id,))
    given(DECIDER, started(), closed()).when(comments()).then_types("comment_added")
    given(DECIDER, started()).when(comments(text="")).then_refused(NothingToSay)


def test_a_comment_leaves_the_bot_in_charge() -> None:
    given(DECIDER, started_with_larch(), commented()).when(larch_says()).then_types("message_posted")


def test_a_closed_conversation_hears_nobody() -> None:
    for command in (ana_says(), ben_replies(), larch_says()):
        given(DECIDER, started_with_larch(), closed()).when(command).then_refused(ConversationIsClosed)
