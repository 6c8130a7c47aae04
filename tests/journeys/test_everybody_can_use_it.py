"""Keyboard only, phone size, and no accessibility violation on any page."""

import json
import re
from collections.abc import Awaitable
from typing import Any

import pytest
from playwright.async_api import Frame, Locator, Page, expect

from deploy.install import ROOT
from tests.journeys.conftest import NewAgent, NewVisitor
from tests.journeys.people import LAUNCHER

AXE = ROOT / "services/gateway/web/node_modules/axe-core/axe.min.js"
AXE_SOURCE = AXE.read_text(encoding="utf-8") if AXE.exists() else ""


AT_REST = """async () => {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const passing = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map((one) => one.finished));
}"""


async def violations(place: Page | Frame) -> list[str]:
    """What axe finds, in one line each, once nothing fades in or out any more: half faded, every colour is too pale."""
    await place.evaluate(AT_REST)
    script = AXE_SOURCE
    found: list[dict[str, Any]] = await place.evaluate(
        "async (axe) => { (0, eval)(axe); return (await window.axe.run(document)).violations }", script
    )
    return [f"{v['id']}: {json.dumps([node['target'] for node in v['nodes']])[:300]}" for v in found]


async def test_a_visitor_without_a_mouse(visits: NewVisitor) -> None:
    ana = await visits("/demo")
    launcher = ana.page.get_by_role("button", name=LAUNCHER)
    await launcher.focus()
    await ana.page.keyboard.press("Enter")
    box = ana.chat.get_by_role("textbox", name="Message")
    await expect(box).to_be_focused()
    await ana.page.keyboard.type("Written without a mouse")
    await ana.page.keyboard.press("Enter")
    await ana.sees_once("Written without a mouse")
    await ana.sees("Which e-mail address shall we send a copy to?")  # or its answer would be shown above the launcher
    await ana.page.keyboard.press("Escape")
    await expect(box).to_be_hidden()
    await expect(launcher).to_be_focused()
    await ana.page.keyboard.press("Tab")
    assert await ana.page.evaluate("document.activeElement.localName") != "parley-chat", "the keyboard is in the shut chat"


async def test_an_agent_without_a_mouse(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits("/demo"), await signs_in()
    await ana.reaches_people("Answer me by keyboard")
    await expect(ben.list.get_by_text("Answer me by keyboard")).to_be_visible()
    await ben.opens("Answer me by keyboard")
    await ben.page.locator("body").focus()
    await ben.page.keyboard.press("r")
    await expect(ben.page.get_by_role("textbox", name="Reply")).to_be_focused()
    await ben.page.keyboard.type("By keyboard it is.")
    await ben.page.keyboard.press("Control+Enter")
    await ana.sees_once("By keyboard it is.")
    await ben.page.keyboard.press("Escape")
    await ben.page.keyboard.press("e")
    await expect(ana.chat.get_by_role("button", name="Start a new chat")).to_be_visible()


async def test_an_agent_on_a_phone(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits("/demo", phone=True), await signs_in(phone=True)
    await ana.reaches_people("From one phone to another")
    await ben.opens("From one phone to another")
    await expect(ben.list).to_be_hidden()
    await ben.replies("Got it on mine.")
    await ana.sees_once("Got it on mine.")
    await ben.page.get_by_role("button", name=re.compile("back", re.IGNORECASE)).first.click()
    await expect(ben.list).to_be_visible()
    assert await ben.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_no_page_has_an_accessibility_violation(visits: NewVisitor, signs_in: NewAgent, dark: bool) -> None:
    scheme = "dark" if dark else "light"
    ana = await visits("/demo", color_scheme=scheme, bypass_csp=True)
    await ana.reaches_people(f"Can everybody read this in {scheme}?")
    ben = await signs_in(color_scheme=scheme, bypass_csp=True)
    await ben.opens(f"Can everybody read this in {scheme}?")
    await ben.sees("Can everybody read this")
    assert await violations(ben.page) == []
    assert await violations(ana.page) == []
    widget = next(frame for frame in ana.page.frames if "/widget/" in frame.url)
    assert await violations(widget) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_nothing_the_console_opens_has_one(visits: NewVisitor, signs_in: NewAgent, dark: bool) -> None:
    scheme = "dark" if dark else "light"
    ana, ben = await visits("/demo"), await signs_in(color_scheme=scheme, bypass_csp=True)
    await ana.reaches_people(f"Everything that opens, in {scheme}")
    await ben.opens(f"Everything that opens, in {scheme}")
    page, more = ben.page, ben.page.get_by_role("button", name="More", exact=True)

    async def opens(thing: Locator, by: Awaitable[None]) -> None:
        await by
        await expect(thing).to_be_visible()
        assert await violations(page) == []
        await page.keyboard.press("Escape")
        await expect(thing).to_be_hidden()

    await opens(page.get_by_role("menuitem", name="Create ticket"), more.click())
    await opens(page.get_by_role("listbox"), page.get_by_role("button", name=re.compile("^Assignee")).click())
    await opens(page.get_by_role("heading", name="Notifications"), page.get_by_role("button", name="Notifications").click())
    await opens(page.get_by_role("heading", name="Why this happened"), page.get_by_role("button", name="why?").first.click())
    await opens(page.get_by_role("dialog", name="Commands"), page.keyboard.press("Control+k"))
    await opens(page.get_by_role("dialog", name="Keyboard shortcuts"), page.keyboard.press("?"))
    await ben.closes()
    await expect(page.get_by_text("This conversation has ended.")).to_be_visible()
    await more.click()
    transcript = page.get_by_role("dialog", name="E-mail chat transcript")
    await opens(transcript, page.get_by_role("menuitem", name="E-mail chat transcript").click())
    assert await violations(page) == []


async def test_the_sign_in_page_has_none_either(parley_sign_in_page: Page) -> None:
    assert await violations(parley_sign_in_page) == []
