"""A mail that cannot even be put together, for a fault of ours: others do not wait for it, and it is given up in the end."""

import pytest

from services.notifications import attempt, mailer
from services.notifications.__main__ import service
from services.notifications.message import Mail, compose
from shared.bus import Bus
from shared.contracts.notifications import DeliveryRequested
from shared.messages import new_id
from shared.settings import Settings
from tests.infrastructure.smtp import SmtpServer
from tests.notifications.examples import a_mail_is_wanted
from tests.parley import Parley
from tests.shared.running import running
from tests.transcripts.hearing import ear
from tests.transcripts.shop import Shop

POISON = "Poison"


@pytest.fixture(autouse=True)
def stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(requested: DeliveryRequested, html: str, text: str) -> Mail:
        if requested.subject == POISON:
            raise ZeroDivisionError
        return compose(requested, html, text)

    monkeypatch.setattr(attempt, "compose", stumble)


def settings(parley: Parley, smtp: SmtpServer, **changes: float) -> Settings:
    return parley.settings.model_copy(update={"smtp_url": smtp.url, **changes})


async def poison(bus: Bus, transcript_id: str) -> str:
    """Wants a mail that cannot be made. Answers with its id."""
    delivery_id = new_id()
    await bus.ask(
        "notifications",
        a_mail_is_wanted(command_id=new_id(), delivery_id=delivery_id, source_id=transcript_id, subject=POISON),
    )
    return delivery_id


async def test_others_do_not_wait_for_it(parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop) -> None:
    async with running(service, settings(parley, smtp)):
        transcript_id = await shop.ended_chat()
        await smtp.received(1)
        for _ in range(2 * mailer.AT_ONCE):
            await poison(bus, transcript_id)
        await shop.ended_chat()
        await smtp.received(2)


async def test_it_is_given_up_in_the_end(
    parley: Parley, smtp: SmtpServer, bus: Bus, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailer, "HOPELESS", 2)
    async with running(service, settings(parley, smtp, mail_give_up_seconds=0.01)), ear(bus, "notifications") as notifications:
        delivery_id = await poison(bus, await shop.ended_chat())
        failed = await notifications.first(f"delivery-{delivery_id}", "delivery_failed")
    assert b"could not be put together, and is given up (ZeroDivisionError)" in failed.body
