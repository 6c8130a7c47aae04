"""What is begun over one conversation never ends in another."""

import pytest
from playwright.async_api import Locator, expect

from tests.journeys.conftest import MIRA, NewAgent, NewVisitor
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


async def mentions_ben(agent: Agent, words: str) -> None:
    await agent.page.get_by_role("tab", name="Comment").click()
    box = agent.page.get_by_role("textbox", name="Comment")
    await box.press_sequentially("@ben")
    await agent.page.get_by_role("option", name="Ben Okoro").wait_for()
    await agent.page.keyboard.press("Enter")
    await box.press_sequentially(words)
    await agent.page.get_by_role("button", name="Add comment").click()
    await agent.sees(words)


async def edges(of: Locator) -> tuple[float, float]:
    box = await of.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


async def test_on_a_phone_a_toast_leaves_what_is_to_be_tapped_free_and_goes_from_under_the_finger(
    visits: NewVisitor, signs_in: NewAgent
) -> None:
    ben, mira, ana, bo = await signs_in(), await signs_in(MIRA), await visits("/demo"), await visits("/demo")
    await ana.reaches_people("Ana is being answered")
    await bo.reaches_people("Bo comes in between")
    await mira.views("All open")
    await mira.opens("Bo comes in between")
    await ben.views("All open")
    await ben.opens("Ana is being answered")
    await ben.page.set_viewport_size({"width": 390, "height": 844})
    await expect(ben.page.get_by_role("button", name="Back")).to_be_visible()
    await ben.page.clock.install()
    await mentions_ben(mira, "what does he want?")
    toasts, more = ben.page.get_by_role("alert"), ben.page.get_by_role("button", name="More", exact=True)
    toast = toasts.filter(has_text="what does he")
    await toast.hover()
    assert (await edges(toasts.first))[0] > (await edges(more))[1]
    await more.click()
    await ben.page.get_by_role("menuitem", name="Create ticket").click(trial=True)
    await ben.page.keyboard.press("Escape")
    await ben.page.go_back()
    await expect(ben.list).to_be_visible()
    await toast.hover()
    assert (await edges(toasts.last))[1] < (await edges(ben.page.get_by_role("navigation", name="Parley")))[0]
    await ben.page.clock.fast_forward(6_000)
    await expect(toast).to_have_count(0)
