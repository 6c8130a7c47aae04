"""What is begun over one conversation never ends in another."""

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import NewAgent, NewVisitor
from tests.journeys.people import Agent


async def begins(agent: Agent, what: str) -> None:
    """Opens a dialog of the conversation's menu."""
    await agent.page.get_by_role("button", name="More", exact=True).click()
    await agent.page.get_by_role("menuitem", name=what).click()
    await expect(agent.page.get_by_role("dialog")).to_be_visible()


async def ends(agent: Agent, preview: str) -> None:
    """Opens it and closes it for good."""
    await agent.opens(preview)
    await agent.closes()
    await expect(agent.page.get_by_text("This conversation has ended.")).to_be_visible()


async def test_a_transcript_begun_for_ana_is_put_away_when_the_browser_goes_back_to_bo(
    visits: NewVisitor, signs_in: NewAgent
) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await ana.reaches_people("Ana's own words", "ana.own@example.org")
    await bo.reaches_people("Bo's own words", "bo.own@example.org")
    await ben.views("All open")
    await ends(ben, "Bo's own words")
    await ends(ben, "Ana's own words")
    await ben.views("Closed")
    await ben.opens("Bo's own words")
    await ben.sees("Bo's own words")
    await ben.opens("Ana's own words")
    await ben.sees("Ana's own words")
    await begins(ben, "E-mail chat transcript")
    await ben.page.go_back()
    await ben.sees("Bo's own words")
    await expect(ben.page.get_by_role("dialog")).to_have_count(0)
    await begins(ben, "E-mail chat transcript")
    await expect(ben.page.get_by_role("textbox", name="To")).to_have_value("bo.own@example.org")


@pytest.mark.parametrize("what", ["Create ticket", "Assign to somebody"])
async def test_on_a_phone_a_dialog_left_behind_does_not_open_by_itself(visits: NewVisitor, signs_in: NewAgent, what: str) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await ana.reaches_people(f"Ana would like to {what}")
    await bo.reaches_people(f"Bo would not like to {what}")
    await ben.views("All open")
    await expect(ben.list.get_by_role("link").filter(has_text=f"Ana would like to {what}")).to_be_visible()
    await ben.page.set_viewport_size({"width": 390, "height": 844})
    await ben.opens(f"Ana would like to {what}")
    await begins(ben, what)
    await ben.page.go_back()
    await ben.opens(f"Bo would not like to {what}")
    await ben.sees(f"Bo would not like to {what}")
    await expect(ben.page.get_by_role("dialog")).to_have_count(0)
