"""Closing: after the words that were said before it, once, and on to the next conversation."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator, expect

from tests.journeys.conftest import NewAgent, NewVisitor
from tests.journeys.people import Agent

ENDED = "This conversation has ended."


def close_button(agent: Agent) -> Locator:
    return agent.page.get_by_role("button", name="Close conversation")


def reopen_button(agent: Agent) -> Locator:
    return agent.page.get_by_role("button", name="Reopen conversation")


async def test_a_close_waits_for_the_replies_before_it(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Answer me from the tunnel")
    await ben.opens("Answer me from the tunnel")
    await ben.page.context.set_offline(True)
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ben.replies("First from the tunnel")
    await ben.replies("Second from the tunnel")
    await ben.closes()
    await ben.page.context.set_offline(False)
    await expect(ben.page.get_by_text(ENDED)).to_be_visible()
    await ana.sees_once("Second from the tunnel")
    await expect(ben.log.get_by_text(re.compile("^Not sent"))).to_have_count(0)
    await ben.sees(re.compile("First from the tunnel.*Second from the tunnel.*Closed by", re.DOTALL))


async def test_a_double_click_on_close_does_not_open_it_again(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Is your mouse nervous now?")
    await ben.opens("Is your mouse nervous now?")
    box = await close_button(ben).bounding_box()
    assert box is not None
    await ben.page.clock.install()
    await ben.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    for _ in range(2):
        await ben.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await expect(reopen_button(ben)).to_be_visible()
    await expect(reopen_button(ben)).to_be_disabled()
    await ben.page.clock.resume()
    await reopen_button(ben).click()
    await expect(close_button(ben)).to_be_enabled()
    await expect(ben.log.get_by_text("reopened")).to_have_count(1)
    await ben.closes()
    await expect(ben.page.get_by_text(ENDED)).to_be_visible()


async def test_after_a_close_the_keys_go_on_from_where_it_stood(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben = await signs_in()
    for name in ("Lowest", "Low", "High", "Highest"):
        await (await visits("/demo")).reaches_people(f"{name} in the list")
        await expect(ben.list.get_by_text(f"{name} in the list")).to_be_visible()
    await ben.opens("High in the list")
    await ben.page.keyboard.press("e")
    await expect(ben.page.get_by_text(ENDED)).to_be_visible()
    await expect(ben.list.get_by_text("High in the list")).to_have_count(0)
    await ben.page.keyboard.press("j")
    await ben.sees("Low in the list")
    await ben.page.keyboard.press("e")
    await expect(ben.list.get_by_text("Low in the list")).to_have_count(0)
    await ben.page.keyboard.press("k")
    await ben.sees("Highest in the list")
    await ben.ends_all()
