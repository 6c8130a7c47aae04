"""A viewer sees everything and is offered nothing that would be refused; a deactivated colleague is shown the door."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from deploy.demo.asking import patiently
from services.gateway.accounts.credentials import set_password
from shared.bus import Bus, connect
from shared.clock import now
from shared.contracts.gateway import CreateAccount, DeactivateAccount
from shared.messages import new_id
from shared.postgres import open_pool
from tests.journeys.conftest import PASSWORD, NewAgent, NewVisitor
from tests.parley import Parley

VERA_ID, VERA = new_id(), "vera@spoke-and-larch.example"


@pytest.fixture
async def bus(parley: Parley) -> AsyncIterator[Bus]:
    client = await connect(parley.settings, "test")
    yield Bus(client)
    await client.close()


@pytest.fixture
async def vera(parley: Parley, bus: Bus) -> None:
    """She is being shown the ropes: a viewer."""
    hired = CreateAccount(
        command_id=new_id(), at=now(), actor="service:test", account_id=VERA_ID, address=VERA, name="Vera Marsh", role="viewer"
    )
    await bus.ask("gateway", hired)
    pool = await open_pool(parley.settings, "gateway", size=1)
    await patiently(lambda: set_password(pool, VERA, PASSWORD))
    await pool.close()


@pytest.mark.usefixtures("vera")
async def test_a_viewer_looks_on_until_her_account_ends(visits: NewVisitor, signs_in: NewAgent, bus: Bus) -> None:
    vera, ana = await signs_in(VERA), await visits("/demo")
    await ana.reaches_people("Who may look?")
    await vera.opens("Who may look?")
    await expect(vera.page.get_by_text("Your account may look, but not change anything.")).to_be_visible()
    for name in ("Close conversation", "Send", "More", "Change name"):
        await expect(vera.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    await vera.page.keyboard.press("e")
    await ana.says("Is it still open?")
    await vera.sees("Is it still open?")
    await bus.ask("gateway", DeactivateAccount(command_id=new_id(), at=now(), actor="service:test", account_id=VERA_ID))
    await expect(vera.page.get_by_role("heading", name="Sign in to Parley")).to_be_visible()
