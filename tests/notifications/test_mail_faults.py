"""A mail server that fails: the mail is delivered once; where SMTP cannot know, the same mail again, and recorded so."""

from collections.abc import AsyncIterator, Iterator

import pytest

from shared.bus import Bus
from tests.infrastructure.smtp import Fault, Phase, SmtpServer
from tests.notifications.mailing import assert_copies_are_the_same, last_word, mailing
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.shop import Shop, transcript_events

EVERY_PHASE: tuple[Phase, ...] = ("connect", "hello", "mail", "rcpt", "data", "content", "accepted")
IN_DOUBT = {"content", "accepted"}
"""The body has left, and no answer came: only a second copy makes sure."""


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture(scope="module", autouse=True)
def mailer(parley: Parley, server: SmtpServer) -> Iterator[None]:
    with mailing(parley, server):
        yield


@pytest.fixture
def smtp(server: SmtpServer) -> SmtpServer:
    server.heal()
    server.mails.clear()
    server.attempts = 0
    return server


async def outcome(bus: Bus, shop: Shop) -> str:
    """Ends a chat and waits until its transcript is settled; answers with the transcript's id."""
    async with ear(bus, "transcripts") as transcripts:
        transcript_id = await shop.ended_chat()
        await transcripts.first(f"transcript-{transcript_id}", "transcript_sent", "transcript_failed")
    return transcript_id


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_refused_for_now_at_each_phase(smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="451 4.3.0 Later", times=2))
    transcript_id = await outcome(bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", False)
    copies = 3 if phase == "accepted" else 1  # a server that keeps a mail it refuses has itself to blame
    assert_copies_are_the_same(smtp, most=copies)


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "content"])
async def test_refused_for_good(smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="550 5.1.1 No such person"))
    transcript_id = await outcome(bus, shop)
    failed = (await transcript_events(bus, transcript_id))[-1]
    assert (failed.type, failed.error) == ("transcript_failed", "550 5.1.1 No such person")
    assert smtp.mails == []
    assert smtp.attempts == 1


@pytest.mark.parametrize("phase", ["connect", "hello"])
async def test_a_server_that_turns_us_away_says_nothing_about_the_mail(
    smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase
) -> None:
    smtp.will(Fault(phase, reply="554 5.7.1 Not today", times=2))
    transcript_id = await outcome(bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", False)
    assert_copies_are_the_same(smtp, most=1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_dropped_at_each_phase(smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, drop=True))
    transcript_id = await outcome(bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=2 if phase == "accepted" else 1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_silent_at_each_phase(smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, delay=30))
    transcript_id = await outcome(bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=2 if phase == "accepted" else 1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_garbage_at_each_phase(smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="\x00\xff!? <html>", times=2))
    transcript_id = await outcome(bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=3 if phase == "accepted" else 1)
