"""An address somebody merely claimed gets only so many transcripts a day by itself: the chat is no way to mail strangers."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from services.transcripts.queries import A_DAY
from shared.bus import Bus
from shared.contracts.contacts import IdentifyContact
from shared.contracts.conversations import CloseConversation, CreateTicket
from shared.contracts.transcripts import SendTranscript
from shared.messages import derived_id, new_id
from tests.examples import BEN, NOON, asked_by
from tests.transcripts.hearing import ear
from tests.transcripts.shop import TRANSCRIPTS, Shop


def stranger() -> str:
    return f"{new_id()}@stranger.example"


async def decided(bus: Bus, transcript_id: str, heard: Any) -> str:
    """`requested`, or the reason why not."""
    raw = await heard.first(f"transcript-{transcript_id}", "transcript_requested", "transcript_withheld")
    return str(getattr(raw.read(TRANSCRIPTS).event, "reason", "requested"))


async def ends(bus: Bus, shop: Shop, at: datetime = NOON) -> str:
    """Ben answers a chat and closes it. What becomes of its transcript."""
    async with ear(bus, "transcripts") as heard:
        close = CloseConversation(**asked_by(BEN, at), conversation_id=await shop.chat(), closed_by=BEN)
        await shop.ask(close)
        return await decided(bus, derived_id(close.command_id, "transcript"), heard)


async def all_end(bus: Bus, shop: Shop, count: int) -> set[str]:
    """So many chats, side by side."""
    return set(await asyncio.gather(*(ends(bus, shop) for _ in range(count))))


async def visitor(bus: Bus, address: str) -> Shop:
    """Somebody new, who says that this is their address."""
    shop = await Shop(bus).open()
    await shop.knows_her_address(address)
    return shop


async def test_one_visitor_or_many_it_is_the_address_that_counts(bus: Bus) -> None:
    address = stranger()
    eve = await visitor(bus, address)
    assert await all_end(bus, eve, A_DAY - 1) == {"requested"}
    assert await ends(bus, await visitor(bus, address.upper())) == "requested"
    assert await ends(bus, eve) == "too_many"
    assert await ends(bus, await visitor(bus, address)) == "too_many"
    assert await ends(bus, await visitor(bus, stranger())) == "requested"
    assert await ends(bus, eve, NOON + timedelta(days=1)) == "requested"


async def test_what_went_elsewhere_or_not_at_all_does_not_count(bus: Bus) -> None:
    address = stranger()
    ana = await visitor(bus, stranger())
    await all_end(bus, ana, A_DAY)
    await ana.knows_her_address(address)
    await asyncio.gather(*(_end_without_a_transcript(ana) for _ in range(A_DAY // 2)))
    assert await ends(bus, ana) == "requested"


async def _end_without_a_transcript(ana: Shop) -> None:
    await ana.close(await ana.chat(bot=True), by="bot")
    ticketed = await ana.chat()
    await ana.ask(CreateTicket(**asked_by(BEN), conversation_id=ticketed, ticket_id=new_id(), title="A 52"))
    await ana.close(ticketed)


async def test_what_ended_while_transcripts_were_switched_off_does_not_count_when_they_are_on_again(bus: Bus) -> None:
    """Nor does what went out stop to count because they are switched off: settings of today say nothing of an hour ago."""
    ana = await visitor(bus, stranger())
    await ana.change(transcripts=False)
    assert await all_end(bus, ana, A_DAY) == {"switched_off"}
    await ana.change(transcripts=True)
    assert await all_end(bus, ana, A_DAY) == {"requested"}
    assert await ends(bus, ana) == "too_many"


async def test_agents_know_whom_they_write_to(bus: Bus) -> None:
    """An address an agent has entered is not a claim, and what an agent sends is not automatic."""
    address = stranger()
    ana = await visitor(bus, address)
    await all_end(bus, ana, A_DAY)
    conversation_id = await ana.chat()
    await ana.close(conversation_id)
    sent = SendTranscript(
        **asked_by(BEN), transcript_id=new_id(), conversation_id=conversation_id, to_address=address, subject="Our chat"
    )
    async with ear(bus, "transcripts") as heard:
        await bus.ask("transcripts", sent)
        assert await decided(bus, sent.transcript_id, heard) == "requested"
    other = await visitor(bus, stranger())
    await other.ask(IdentifyContact(**asked_by(BEN), contact_id=other.ana.id, address=address, source="agent"))
    assert await ends(bus, other) == "requested"
