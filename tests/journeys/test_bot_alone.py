"""A conversation only the bot took part in: it ends by itself when the visitor falls silent, and no transcript goes out."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect
from pydantic import TypeAdapter

from shared.bus import Bus, connect
from shared.clock import now
from shared.contracts.bots import BotPublished, BotsEvent, PublishBot
from shared.messages import new_id
from shared.reading import events_after
from tests.infrastructure.smtp import SmtpServer
from tests.journeys.conftest import NewAgent, NewVisitor
from tests.parley import Parley

BOTS = TypeAdapter[BotsEvent](BotsEvent)


@pytest.fixture
async def an_impatient_bot(parley: Parley) -> AsyncIterator[None]:
    """The demo's bot waits three seconds; whoever is talking to it already keeps its old patience."""
    client = await connect(parley.settings, "test")
    bus = Bus(client)
    published = [raw.read(BOTS).event for raw in await events_after(bus, "bots", 0) if raw.type == "bot_published"]
    larch: BotPublished = next(bot for bot in published if bot.name == "Larch")
    await _publish(bus, larch, 0.05)
    yield
    await _publish(bus, larch, larch.flow.timeout_minutes)
    await client.close()


async def _publish(bus: Bus, bot: BotPublished, minutes: float) -> None:
    flow = bot.flow.model_copy(update={"timeout_minutes": minutes})
    await bus.ask(
        "bots",
        PublishBot(
            command_id=new_id(), at=now(), actor="service:test", bot_id=bot.bot_id, name=bot.name, title=bot.title, flow=flow
        ),
    )


@pytest.mark.usefixtures("an_impatient_bot")
async def test_silence_ends_it_and_nothing_is_mailed(mailbox: SmtpServer, visits: NewVisitor, signs_in: NewAgent) -> None:
    before = len(mailbox.mails)
    ana = await visits("/demo")
    await ana.opens_chat()
    await ana.says("Only looking, thank you")
    await expect(ana.chat.get_by_text("This conversation has ended")).to_be_visible()
    ben = await signs_in()
    await ben.views("Closed")
    await ben.opens("")
    await ben.sees("Only looking, thank you")
    await ben.sees(re.compile("only the bot took part", re.IGNORECASE))
    assert len(mailbox.mails) == before
