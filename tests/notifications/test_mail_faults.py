"""Delivered exactly once, whatever happens; where SMTP cannot know, at most one more copy, the same mail, and recorded so."""

import pytest

from shared.bus import Bus
from tests.infrastructure.smtp import Fault, Phase, SmtpServer
from tests.notifications.mailing import ended, mailing, stopped
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.shop import Shop, delivery_events, transcript_events

EVERY_PHASE: tuple[Phase, ...] = ("connect", "hello", "mail", "rcpt", "data", "content", "accepted")
IN_DOUBT = {"content", "accepted"}
"""The body has left, and no answer came: only a second copy makes sure."""


async def outcome(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, **settings: str) -> str:
    """Ends a chat and waits until its transcript is settled; answers with the transcript's id."""
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp, **settings):
            transcript_id = await shop.ended_chat()
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent", "transcript_failed")
    return transcript_id


async def last_word(bus: Bus, transcript_id: str) -> tuple[str, bool]:
    """How it ended, and whether it may have arrived twice."""
    settled = (await transcript_events(bus, transcript_id))[-1]
    return settled.type, getattr(settled, "maybe_twice", False)


def assert_copies_are_the_same(smtp: SmtpServer, most: int) -> None:
    assert 1 <= len(smtp.mails) <= most
    assert len({mail.content for mail in smtp.mails}) == 1


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_refused_for_now_at_each_phase(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="451 4.3.0 Later", times=2))
    transcript_id = await outcome(parley, smtp, bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", False)
    copies = 3 if phase == "accepted" else 1  # a server that keeps a mail it refuses has itself to blame
    assert_copies_are_the_same(smtp, most=copies)


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "content"])
async def test_refused_for_good(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="550 5.1.1 No such person"))
    transcript_id = await outcome(parley, smtp, bus, shop)
    failed = (await transcript_events(bus, transcript_id))[-1]
    assert (failed.type, failed.error) == ("transcript_failed", "550 5.1.1 No such person")
    assert smtp.mails == []
    assert smtp.attempts == 1


@pytest.mark.parametrize("phase", ["connect", "hello"])
async def test_a_server_that_turns_us_away_says_nothing_about_the_mail(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase
) -> None:
    smtp.will(Fault(phase, reply="554 5.7.1 Not today", times=2))
    transcript_id = await outcome(parley, smtp, bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", False)
    assert_copies_are_the_same(smtp, most=1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_dropped_at_each_phase(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, drop=True))
    transcript_id = await outcome(parley, smtp, bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=2 if phase == "accepted" else 1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_silent_at_each_phase(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, delay=30))
    impatient = {"PARLEY_MAIL_STEP_SECONDS": "0.2", "PARLEY_MAIL_ANSWER_SECONDS": "0.2"}
    transcript_id = await outcome(parley, smtp, bus, shop, **impatient)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=2 if phase == "accepted" else 1)


@pytest.mark.parametrize("phase", EVERY_PHASE)
async def test_garbage_at_each_phase(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, phase: Phase) -> None:
    smtp.will(Fault(phase, reply="\x00\xff!? <html>", times=2))
    transcript_id = await outcome(parley, smtp, bus, shop)
    assert await last_word(bus, transcript_id) == ("transcript_sent", phase in IN_DOUBT)
    assert_copies_are_the_same(smtp, most=3 if phase == "accepted" else 1)


async def test_a_server_that_is_never_there_is_given_up_in_the_end(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop
) -> None:
    await smtp.stop()
    transcript_id = await outcome(parley, smtp, bus, shop, PARLEY_MAIL_GIVE_UP_SECONDS="1")
    assert await last_word(bus, transcript_id) == ("transcript_failed", False)


@pytest.mark.parametrize(
    ("point", "copies", "maybe_twice"),
    [
        ("mail_before_connect", 1, False),
        ("mail_before_data", 1, False),
        ("mail_after_data_sent", 1, True),
        ("mail_after_dot", 2, True),
        ("mail_after_answer", 2, True),
    ],
)
async def test_killed_at_each_step(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, point: str, copies: int, maybe_twice: bool
) -> None:
    with mailing(parley, smtp, crash_at=point) as process:
        transcript_id = await shop.ended_chat()
        assert await ended(process) == 137
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
            delivered = await delivery_events(bus, transcript_id)
    assert await last_word(bus, transcript_id) == ("transcript_sent", maybe_twice)
    assert [event.type for event in delivered].count("delivery_sent") == 1
    assert_copies_are_the_same(smtp, most=copies)


async def test_killed_again_and_again(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    transcript_id = await shop.ended_chat()
    for point in ("mail_before_connect", "mail_before_data", "mail_before_connect"):
        with mailing(parley, smtp, crash_at=point) as process:
            assert await ended(process) == 137
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
    assert await last_word(bus, transcript_id) == ("transcript_sent", False)
    assert len(smtp.mails) == 1


async def test_two_mailers_send_one_mail_each_time(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp), mailing(parley, smtp):
            sent = [await shop.ended_chat() for _ in range(10)]
            for transcript_id in sent:
                await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
    assert len(smtp.mails) == len({mail.message["Message-ID"] for mail in smtp.mails}) == 10


async def test_a_polite_stop_waits_for_the_answer(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    smtp.will(Fault("content", delay=0.8))
    async with ear(bus, "notifications") as notifications, ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp) as process:
            await shop.ended_chat()
            await notifications.any("delivery_data_sent")
            await stopped(process)
        with mailing(parley, smtp):
            await transcripts.any("transcript_sent")
    assert len(smtp.mails) == 1
    assert smtp.attempts == 1
