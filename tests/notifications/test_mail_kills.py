"""The mailer killed at each step, stopped, doubled: the mail is delivered once, at most one more copy, and recorded so."""

import pytest

from shared.bus import Bus
from tests.infrastructure.smtp import Fault, SmtpServer
from tests.notifications.mailing import assert_copies_are_the_same, ended, last_word, mailing, stopped
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.shop import Shop, delivery_events


async def test_a_server_that_is_never_there_is_given_up_in_the_end(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop
) -> None:
    await smtp.stop()
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp, PARLEY_MAIL_GIVE_UP_SECONDS="0.5"):
            transcript_id = await shop.ended_chat()
            await transcripts.first(f"transcript-{transcript_id}", "transcript_failed")
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
