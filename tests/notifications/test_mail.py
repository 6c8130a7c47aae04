"""A transcript on its way: from the end of the chat to the visitor's mail server."""

from email.message import EmailMessage

from shared.bus import Bus
from shared.messages import derived_id
from tests.infrastructure.smtp import SmtpServer
from tests.notifications.mailing import mailing
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.shop import FALLBACK, Shop, delivery_events, transcript_events, types


def part(message: EmailMessage, kind: str) -> str:
    """The text or html of a mail."""
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


async def test_the_transcript_of_an_ended_chat_is_mailed(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            transcript_id = await shop.ended_chat()
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
            delivered = await delivery_events(bus, transcript_id)
    [mail] = smtp.mails
    assert (mail.sender, mail.recipients) == (FALLBACK, (shop.address,))
    assert mail.message["Subject"] == "Your conversation with Spoke & Larch"
    assert mail.message["Message-ID"] == f"<{derived_id(transcript_id, 'delivery')}@spoke-and-larch.example>"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        assert "Yes, in 52 and 54." in part(mail.message, kind)
    assert types(delivered) == ["delivery_requested", "delivery_data_sent", "delivery_sent"]
    requested, sent = await transcript_events(bus, transcript_id)
    assert (requested.type, sent.type, sent.maybe_twice) == ("transcript_requested", "transcript_sent", False)


async def test_each_end_of_a_conversation_has_its_own_transcript(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            conversation_id = await shop.chat()
            first = await shop.close(conversation_id)
            await shop.reopen(conversation_id)
            await shop.say("One thing more", conversation_id)
            second = await shop.close(conversation_id)
            await transcripts.first(f"transcript-{first}", "transcript_sent")
            await transcripts.first(f"transcript-{second}", "transcript_sent")
    shorter, longer = sorted(smtp.mails, key=lambda mail: len(mail.content))
    assert "One thing more" not in part(shorter.message, "plain")
    assert "One thing more" in part(longer.message, "plain")
    assert shorter.message["Message-ID"] != longer.message["Message-ID"]


async def test_a_long_conversation_arrives_whole(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            conversation_id = await shop.chat()
            for number in range(80):
                await shop.say(f"Message number {number}. {'Ü&<' * 5000}", conversation_id)
            transcript_id = await shop.close(conversation_id)
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
    [mail] = smtp.mails
    for kind in ("plain", "html"):
        written = part(mail.message, kind)
        assert [number for number in range(80) if f"Message number {number}." not in written] == []
