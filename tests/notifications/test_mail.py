"""A transcript on its way: from the end of the chat to the visitor's mail server."""

from shared.bus import Bus
from tests.infrastructure.smtp import SmtpServer
from tests.notifications.mailing import mailing
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.shop import FALLBACK, Shop, delivery_events, transcript_events, types


async def test_the_transcript_of_an_ended_chat_is_mailed(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            transcript_id = await shop.ended_chat()
            await transcripts.first(f"transcript-{transcript_id}", "transcript_sent")
    [mail] = smtp.mails
    assert mail.sender == FALLBACK
    assert mail.recipients == ("ana@home.example",)
    assert mail.message["Subject"] == "Your conversation with Spoke & Larch"
    assert types(await delivery_events(bus, transcript_id)) == ["delivery_requested", "delivery_data_sent", "delivery_sent"]
    assert types(await transcript_events(bus, transcript_id)) == ["transcript_requested", "transcript_sent"]
    print(mail.content.decode())
