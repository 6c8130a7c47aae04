"""The read model is the fold of the log."""

from shared.bus import Bus
from shared.contracts.conversations import MarkRead
from shared.reading import Head
from tests.examples import MIRA, TOMAS, asked_by
from tests.infrastructure.smtp import SmtpServer
from tests.notifications.mailing import mailing
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.rebuilding import everything, outdate
from tests.transcripts.shop import Shop

TABLES = ("contacts", "conversations", "notices")


async def test_built_anew_it_is_the_same_and_nothing_is_done_twice(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop
) -> None:
    async with ear(bus, "notifications") as hearing, ear(bus, "transcripts") as transcripts:
        with mailing(parley, smtp):
            conversation_id = await shop.chat()
            await shop.note("Look", conversation_id, MIRA.id, TOMAS.id)
            position = (await bus.ask("conversations", Head()))["position"]
            who = asked_by(MIRA)
            await shop.ask(MarkRead(**who, conversation_id=conversation_id, reader="agent", position=position))
            await hearing.any("notice_read")
            await transcripts.first(f"transcript-{await shop.close(conversation_id)}", "transcript_sent")
            before = await everything(parley, "notifications", TABLES)
        await outdate(parley, "notifications")
        with mailing(parley, smtp):
            assert await everything(parley, "notifications", TABLES) == before
            await transcripts.first(f"transcript-{await shop.ended_chat()}", "transcript_sent")
    assert len(smtp.mails) == 2
    assert len(hearing.streams("notice_raised")) == 2
