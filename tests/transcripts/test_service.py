"""The running service: from the end of a conversation to the rendered transcript."""

from typing import Any

import pytest

from shared.bus import Bus
from shared.contracts.transcripts import RenderedTranscript, SendTranscript, TranscriptOf
from shared.errors import RefusedElsewhere
from shared.messages import new_id
from tests.examples import BEN, MIRA, asked_by
from tests.parley import Parley
from tests.transcripts.hearing import ear
from tests.transcripts.rebuilding import everything, outdate
from tests.transcripts.shop import FALLBACK, TRANSCRIPTS, Shop, transcript_events

TABLES = ("contacts", "claims", "endings", "inboxes", "channels", "switches", "conversations")


async def decided(bus: Bus, shop: Shop, **how: Any) -> Any:
    """Ends a chat; answers with what was decided about its transcript."""
    async with ear(bus, "transcripts") as transcripts:
        transcript_id = await shop.ended_chat(**how)
        raw = await transcripts.first(f"transcript-{transcript_id}", "transcript_requested", "transcript_withheld")
    return raw.read(TRANSCRIPTS).event


def sent_by_ben(conversation_id: str, **changes: Any) -> SendTranscript:
    facts = {
        "transcript_id": new_id(),
        "conversation_id": conversation_id,
        "to_address": "ana@work.example",
        "subject": "Our chat",
    }
    return SendTranscript(**asked_by(BEN) | facts | changes)


async def refusal(bus: Bus, command: SendTranscript) -> str:
    with pytest.raises(RefusedElsewhere) as no:
        await bus.ask("transcripts", command)
    return no.value.problem().code


async def test_an_ended_chat_with_an_address_is_requested(bus: Bus, shop: Shop) -> None:
    await shop.open()
    await shop.knows_her_address()
    event = await decided(bus, shop, locale="sv-SE")
    assert (event.type, event.to_address, event.from_address) == ("transcript_requested", shop.address, FALLBACK)
    assert (event.subject, event.locale, event.by_hand) == ("Din konversation med Spoke & Larch", "sv-SE", False)


async def test_the_channels_own_address_goes_before_the_fallback(bus: Bus, shop: Shop) -> None:
    await shop.open(transcript_from="hello@spoke-and-larch.example")
    await shop.knows_her_address()
    assert (await decided(bus, shop)).from_address == "hello@spoke-and-larch.example"


async def test_the_newest_address_counts(bus: Bus, shop: Shop) -> None:
    await shop.open()
    await shop.knows_her_address("old@home.example")
    await shop.knows_her_address("new@home.example")
    assert (await decided(bus, shop)).to_address == "new@home.example"


async def test_without_an_address_it_is_withheld(bus: Bus, shop: Shop) -> None:
    await shop.open()
    assert (await decided(bus, shop)).reason == "no_address"


async def test_a_channel_can_switch_it_off(bus: Bus, shop: Shop) -> None:
    await shop.open(transcripts=False)
    await shop.knows_her_address()
    assert (await decided(bus, shop)).reason == "switched_off"


async def test_a_bot_conversation_is_withheld_and_can_be_sent_by_hand(bus: Bus, shop: Shop) -> None:
    await shop.open()
    await shop.knows_her_address()
    event = await decided(bus, shop, bot=True)
    assert event.reason == "bot_conversation"
    command = sent_by_ben(event.conversation_id)
    await bus.ask("transcripts", command)
    [requested] = await transcript_events(bus, command.transcript_id)
    assert (requested.by_hand, requested.to_address, requested.subject) == (True, "ana@work.example", "Our chat")
    assert requested.from_address == FALLBACK


async def test_sent_by_hand_twice_has_one_effect_and_one_answer(bus: Bus, shop: Shop) -> None:
    await shop.open()
    command = sent_by_ben((await decided(bus, shop)).conversation_id)
    assert await bus.ask("transcripts", command) == await bus.ask("transcripts", command)
    assert len(await transcript_events(bus, command.transcript_id)) == 1


async def test_an_open_conversation_is_not_sent(bus: Bus, shop: Shop) -> None:
    await shop.open()
    conversation_id = await shop.chat()
    assert await refusal(bus, sent_by_ben(conversation_id)) == "conversation_still_open"
    await shop.close(conversation_id)
    await bus.ask("transcripts", sent_by_ben(conversation_id))
    await shop.reopen(conversation_id)
    assert await refusal(bus, sent_by_ben(conversation_id)) == "conversation_still_open"


async def test_a_conversation_that_is_not_there_is_not_sent(bus: Bus) -> None:
    assert await refusal(bus, sent_by_ben(new_id())) == "nothing_to_send"


async def test_the_rendered_transcript_has_messages_and_no_comment(bus: Bus, shop: Shop) -> None:
    await shop.open()
    await shop.knows_her_address()
    conversation_id = await shop.chat(locale="de")
    await shop.note("She is the one who complained", conversation_id, MIRA.id)
    command = sent_by_ben(conversation_id)
    await shop.close(conversation_id)
    await bus.ask("transcripts", command)
    query = TranscriptOf(transcript_id=command.transcript_id)
    answer = RenderedTranscript.model_validate(await bus.ask("transcripts", query))
    assert (answer.subject, answer.parts) == ("Our chat", 1)
    for form in (answer.html, answer.text):
        assert "Is the Fell 3 in stock?" in form
        assert "Ihre Unterhaltung mit" in form
        assert "complained" not in form
    assert RenderedTranscript.model_validate(await bus.ask("transcripts", query)) == answer


async def test_a_transcript_nobody_asked_for_is_not_rendered(bus: Bus) -> None:
    with pytest.raises(RefusedElsewhere) as no:
        await bus.ask("transcripts", TranscriptOf(transcript_id=new_id()))
    assert no.value.problem().code == "transcript_not_found"


async def test_the_read_model_is_the_fold_of_the_log(parley: Parley, bus: Bus, shop: Shop) -> None:
    await shop.open()
    await shop.knows_her_address()
    conversation_id = await shop.chat()
    await shop.close(conversation_id)
    await bus.ask("transcripts", sent_by_ben(conversation_id))
    await shop.reopen(conversation_id)
    await refusal(bus, sent_by_ben(conversation_id))
    before = await everything(parley, "transcripts", TABLES)
    parley.services["transcripts"].kill()
    await outdate(parley, "transcripts")
    parley.start("transcripts")
    assert await everything(parley, "transcripts", TABLES) == before
