"""Notices over the real log: who is told, and that reading a conversation settles what was told about it."""

from collections.abc import Iterator

import pytest
from pydantic import TypeAdapter

from shared.bus import Bus
from shared.contracts.conversations import AssignConversation, MarkRead
from shared.contracts.notifications import NoticeRaised, NotificationsEvent
from shared.errors import RefusedElsewhere
from shared.messages import derived_id
from shared.reading import Head
from tests.examples import BEN, MIRA, TOMAS, asked_by, assignee
from tests.infrastructure.smtp import SmtpServer
from tests.notifications.examples import ben_has_seen_it
from tests.notifications.mailing import mailing
from tests.parley import Parley
from tests.transcripts.hearing import Ear, ear
from tests.transcripts.shop import Shop

EVENTS: TypeAdapter[NotificationsEvent] = TypeAdapter(NotificationsEvent)


@pytest.fixture(scope="module", autouse=True)
def notifications(parley: Parley) -> Iterator[None]:
    with mailing(parley, SmtpServer()):
        yield


def notice_of(event_id: str, agent_id: str) -> str:
    return derived_id(event_id, f"notice-{agent_id}")


async def told(hearing: Ear, event_id: str, agent_id: str) -> NoticeRaised:
    raw = await hearing.first(f"notice-{notice_of(event_id, agent_id)}", "notice_raised")
    event = raw.read(EVENTS).event
    assert isinstance(event, NoticeRaised)
    return event


async def reads(bus: Bus, conversation_id: str, agent: str) -> None:
    """The agent opens the conversation and sees everything in it."""
    head = (await bus.ask("conversations", Head()))["position"]
    who = {**asked_by(BEN), "actor": f"agent:{agent}"}
    await bus.ask("conversations", MarkRead(**who, conversation_id=conversation_id, reader="agent", position=head))


async def test_mira_is_told_what_ben_gave_her_with_the_visitors_newest_words(bus: Bus, shop: Shop) -> None:
    conversation_id = await shop.chat()
    await shop.say("And in blue?", conversation_id)
    command = AssignConversation(**asked_by(BEN), conversation_id=conversation_id, assignee=assignee(MIRA))
    async with ear(bus, "notifications") as hearing:
        await shop.ask(command)
        notice = await told(hearing, command.command_id, MIRA.id)
    assert (notice.kind, notice.text, notice.conversation_id) == ("assigned", "Ana Horvat: And in blue?", conversation_id)


async def test_reading_settles_what_was_told_before_and_nothing_else(bus: Bus, shop: Shop) -> None:
    conversation_id, other_id = await shop.chat(), await shop.chat()
    async with ear(bus, "notifications") as hearing:
        first = await shop.note("Look", conversation_id, MIRA.id, TOMAS.id)
        elsewhere = await shop.note("Look", other_id, MIRA.id)
        await reads(bus, conversation_id, MIRA.id)
        second = await shop.note("Look again", conversation_id, MIRA.id)
        await told(hearing, second.command_id, MIRA.id)
        await hearing.first(f"notice-{notice_of(first.command_id, MIRA.id)}", "notice_read")
        await reads(bus, conversation_id, MIRA.id)
        await hearing.first(f"notice-{notice_of(second.command_id, MIRA.id)}", "notice_read")
        settled = hearing.streams("notice_read")
    assert settled == {f"notice-{notice_of(one.command_id, MIRA.id)}" for one in (first, second)}
    assert f"notice-{notice_of(elsewhere.command_id, MIRA.id)}" not in settled


async def test_a_notice_is_seen_by_its_agent_only(bus: Bus, shop: Shop) -> None:
    conversation_id = await shop.chat()
    async with ear(bus, "notifications") as hearing:
        comment = await shop.note("Look", conversation_id, BEN.id, MIRA.id)
        notice = await told(hearing, comment.command_id, MIRA.id)
        with pytest.raises(RefusedElsewhere) as no:
            await bus.ask("notifications", ben_has_seen_it(notice_id=notice.notice_id))
        assert no.value.problem().code == "notice_not_found"
        await bus.ask("notifications", ben_has_seen_it(**asked_by(MIRA), notice_id=notice.notice_id))
        await hearing.first(f"notice-{notice.notice_id}", "notice_read")
    assert hearing.streams("notice_raised") == {f"notice-{notice.notice_id}"}  # Ben, who wrote it, was not told
