"""Words that are not sent yet stay in sight, in their box and under the keys, whatever happens to the conversation."""

import asyncio
import json
import re

from playwright.async_api import Locator, Route, expect

from shared.messages import new_id
from tests.journeys.conftest import MIRA, NewAgent, NewVisitor
from tests.journeys.people import Agent
from tests.journeys.wire import Wire
from tests.waiting import eventually


def box(agent: Agent, name: str) -> Locator:
    return agent.page.get_by_role("textbox", name=name)


def tab(agent: Agent, name: str) -> Locator:
    return agent.page.get_by_role("tab", name=name)


async def back_to_the_editor(agent: Agent) -> None:
    await expect(agent.log.get_by_text(re.compile("^Not sent"))).to_be_visible()
    await agent.page.get_by_role("button", name="Back to the editor").click()


async def test_a_comment_goes_on_when_a_colleague_reopens_the_conversation(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, mira, ana = await signs_in(), await signs_in(MIRA), await visits("/demo")
    await ana.reaches_people("My order never came")
    await mira.opens("My order never came")
    await ben.opens("My order never came")
    await mira.closes()
    await box(ben, "Comment").click()
    await ben.page.keyboard.type("She says so again, ")
    await mira.page.get_by_role("button", name="Reopen conversation").click()
    await expect(ben.page.get_by_role("button", name="Close conversation")).to_be_visible()
    await ben.page.keyboard.type("refuse her a refund")
    await expect(box(ben, "Comment")).to_have_text("She says so again, refuse her a refund")
    await ben.page.keyboard.press("Control+Enter")
    await mira.sees("She says so again, refuse her a refund")
    await expect(ana.log).not_to_contain_text("refund")


async def test_reopening_without_a_comment_begun_offers_a_reply(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Are you closed already?")
    await ben.opens("Are you closed already?")
    await ben.closes()
    await expect(box(ben, "Comment")).to_be_visible()
    await ben.page.get_by_role("button", name="Reopen conversation").click()
    await ben.replies("Not at all.")
    await ana.sees_once("Not at all.")


def with_no_place(frame: str) -> str:
    """A hello that nothing can be resumed from, as after thousands of events or in a new epoch."""
    read = json.loads(frame)
    return json.dumps(read | {"epoch": None, "position": None}) if read["type"] == "hello" else frame


async def test_a_reconnection_that_starts_anew_leaves_the_editor_under_the_hands(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Where are the wheels?")
    wire = await Wire.of(ben.page)
    await ben.opens("Where are the wheels?")
    await box(ben, "Reply").click()
    await ben.page.keyboard.type("One moment, ")
    may_load = asyncio.Event()

    async def late(route: Route) -> None:
        await may_load.wait()
        await route.continue_()

    await ben.page.route("**/api/conversations**", late)
    await ben.page.route("**/api/conversations/*", late)
    wire.sent = with_no_place
    async with ben.page.expect_request(re.compile(r"/api/conversations/[0-9a-f-]+$")):
        await wire.cut()
    await ben.page.keyboard.type("the wheels are here")
    await expect(ben.list.get_by_text("Where are the wheels?")).to_be_visible()
    await ana.says("Hello?")
    may_load.set()
    await ben.sees("Hello?")
    await ben.page.keyboard.type(".")
    await expect(box(ben, "Reply")).to_have_text("One moment, the wheels are here.")
    await expect(ben.page.get_by_role("button", name="Close conversation")).to_be_visible()
    await ben.page.keyboard.press("Control+Enter")
    await ana.sees_once("One moment, the wheels are here.")


async def test_a_reconnection_that_starts_anew_leaves_a_dialog_with_its_words(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Make me a ticket")
    wire = await Wire.of(ben.page)
    await ben.opens("Make me a ticket")
    await ben.page.get_by_role("button", name="More", exact=True).click()
    await ben.page.get_by_role("menuitem", name="Create ticket").click()
    await ben.page.get_by_label("Title").fill("A ticket of my own words")
    wire.sent = with_no_place
    async with ben.page.expect_response(re.compile(r"/api/conversations/[0-9a-f-]+$")):
        await wire.cut()
    await ben.page.keyboard.type("!")
    await expect(ben.page.get_by_label("Title")).to_have_value("A ticket of my own words!")
    await ben.page.get_by_role("button", name="Create ticket").click()
    await ben.sees("A ticket of my own words!")


async def test_a_reply_refused_because_of_the_end_comes_back_into_sight(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, mira, ana = await signs_in(), await signs_in(MIRA), await visits("/demo")
    await ana.reaches_people("Who is faster?")
    wire = await Wire.of(ben.page)
    await ben.opens("Who is faster?")
    await mira.opens("Who is faster?")
    wire.hold("post_message")
    await ben.replies("The answer that matters")
    await eventually(lambda: wire.held)
    await mira.closes()
    await expect(ben.page.get_by_text("This conversation has ended.")).to_be_visible()
    wire.release()
    await back_to_the_editor(ben)
    await ben.page.keyboard.type(", still")
    await expect(box(ben, "Reply")).to_have_text("The answer that matters, still")
    await ben.page.reload()
    await expect(box(ben, "Reply")).to_have_text("The answer that matters, still")


async def test_a_refused_comment_comes_back_as_a_comment(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Between us?")
    wire = await Wire.of(ben.page)
    await ben.opens("Between us?")
    wire.sent = lambda frame: frame.replace('"file_ids":[]', f'"file_ids":["{new_id()}"]')
    await ben.comments("Only for the team")
    await back_to_the_editor(ben)
    await expect(box(ben, "Comment")).to_have_text("Only for the team")
    wire.sent = str
    await ben.page.keyboard.press("Control+Enter")
    await expect(ben.log.get_by_text(re.compile("^Not sent"))).to_have_count(0)
    await ben.sees("Only for the team")


async def test_words_given_back_are_typed_by_nobody(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Who is typing there?")
    wire = await Wire.of(ben.page)
    await ben.opens("Who is typing there?")
    sent: list[str] = []

    def refused(frame: str) -> str:
        read = json.loads(frame)
        sent.append(read.get("ask", read)["type"])
        return frame.replace('"file_ids":[]', f'"file_ids":["{new_id()}"]')

    wire.sent = refused
    await ben.replies("Nobody at all")
    await back_to_the_editor(ben)
    await expect(box(ben, "Reply")).to_have_text("Nobody at all")
    await ben.page.keyboard.press("Control+Enter")
    await expect(ben.log.get_by_text(re.compile("^Not sent"))).to_be_visible()
    first, second = (at for at, kind in enumerate(sent) if kind == "post_message")
    assert "typing" in sent[:first]
    assert "typing" not in sent[first:second]


async def test_words_given_back_take_the_keys_once_and_not_at_every_visit(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await bo.reaches_people("I am further down")
    await ana.reaches_people("I am not done yet")
    wire = await Wire.of(ben.page)
    await ben.views("All open")
    await ben.opens("I am not done yet")
    await box(ben, "Reply").click()
    await ben.page.keyboard.type("An answer")
    wire.hold("And one thing more")
    await ana.says("And one thing more")
    await eventually(lambda: wire.held)
    await ben.page.keyboard.press("Control+Enter")
    wire.release()
    await expect(ben.page.get_by_text("wrote while you were typing")).to_be_visible()
    await ben.page.keyboard.type(", kept")
    await expect(box(ben, "Reply")).to_have_text("An answer, kept")
    await ben.page.get_by_role("button", name="Read first").click()
    await expect(box(ben, "Reply")).to_be_focused()
    await ben.page.keyboard.press("Escape")
    here = ben.page.url
    for key in "jkj":
        await ben.page.keyboard.press(key)
        await (expect(ben.page).to_have_url(here) if key == "k" else expect(ben.page).not_to_have_url(here))
        await expect(box(ben, "Reply")).to_have_text("An answer, kept" if key == "k" else "")


async def test_a_comment_begun_here_is_no_matter_of_what_is_written_elsewhere(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await ana.reaches_people("First of two")
    await bo.reaches_people("Second of two")
    await ben.views("All open")
    await ben.opens("First of two")
    await tab(ben, "Comment").click()
    await expect(box(ben, "Comment")).to_be_focused()
    await ben.page.keyboard.type("Not for her eyes")
    await ben.opens("Second of two")
    await expect(tab(ben, "Reply")).to_have_attribute("aria-selected", "true")
    await ben.replies("Good morning")
    await ben.opens("First of two")
    await expect(box(ben, "Comment")).to_have_text("Not for her eyes")
    await tab(ben, "Reply").click()
    await expect(tab(ben, "Comment")).to_have_accessible_name("Comment unsent draft")
    await tab(ben, "Comment").click()
    await expect(tab(ben, "Reply")).to_have_accessible_name("Reply")
    await expect(box(ben, "Comment")).to_be_focused()
    await ben.page.keyboard.press("Control+Enter")
    await tab(ben, "Reply").click()
    await expect(tab(ben, "Comment")).to_have_accessible_name("Comment")
