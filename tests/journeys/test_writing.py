"""What an agent writes is kept through whatever happens around it, and goes out once."""

import asyncio
import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.async_api import Locator, Route, WebSocketRoute, expect

from tests.journeys.conftest import MIRA, NewAgent, NewVisitor
from tests.journeys.people import Agent


def reply_box(agent: Agent) -> Locator:
    return agent.page.get_by_role("textbox", name="Reply")


def send_button(agent: Agent) -> Locator:
    return agent.page.get_by_role("button", name="Send", exact=True)


async def writes(agent: Agent, text: str) -> None:
    """Writes a reply without sending it."""
    await reply_box(agent).click()
    await reply_box(agent).press_sequentially(text)


@pytest.mark.parametrize("slowness", [1, 8], ids=["fast", "slow"])
async def test_a_draft_survives_a_reload_and_can_be_sent(visits: NewVisitor, signs_in: NewAgent, slowness: int) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people(f"Do you keep drafts, {slowness}?")
    await ben.opens(f"Do you keep drafts, {slowness}?")
    await writes(ben, "We keep them.")
    devtools = await ben.page.context.new_cdp_session(ben.page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    await ben.page.reload()
    await expect(reply_box(ben)).to_have_text("We keep them.")
    await send_button(ben).click()
    await ana.sees_once("We keep them.")


async def test_closing_under_a_reply_leaves_the_words_and_the_keys_in_it(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, mira, ana = await signs_in(), await signs_in(MIRA), await visits("/demo")
    await ana.reaches_people("Who closes first?")
    await mira.opens("Who closes first?")
    await ben.opens("Who closes first?")
    await writes(mira, "One moment")
    await ben.closes()
    await expect(mira.page.get_by_text("This conversation has ended.")).to_be_visible()
    here = mira.page.url
    await mira.page.keyboard.type(", just keys")
    await expect(reply_box(mira)).to_have_text("One moment, just keys")
    assert mira.page.url == here, "a letter became a shortcut"
    await mira.page.keyboard.press("Control+Enter")
    await expect(mira.page.get_by_text("Reopen the conversation to send this.")).to_be_visible()
    await mira.page.get_by_role("button", name="Reopen", exact=True).last.click()
    await send_button(mira).click()
    await ana.sees_once("One moment, just keys")


async def test_two_clicks_in_one_go_send_once(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Is your mouse nervous?")
    await ben.opens("Is your mouse nervous?")
    await writes(ben, "A little.")
    await send_button(ben).evaluate("button => { button.click(); button.click() }")
    await ana.sees_once("A little.")
    await expect(ben.log.get_by_text(re.compile("^Not sent"))).to_have_count(0)


async def test_what_is_too_long_stays_in_the_editor(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Tell me everything")
    await ben.opens("Tell me everything")
    await reply_box(ben).fill("everything " * 2_000)
    await send_button(ben).click()
    await expect(ben.page.get_by_text("at most 20,000 letters")).to_be_visible()
    await expect(reply_box(ben)).to_contain_text("everything")
    await reply_box(ben).fill("Everything, in short.")
    await send_button(ben).click()
    await ana.sees_once("Everything, in short.")


async def test_a_mention_is_seen_by_opening_the_conversation(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, mira, ana = await signs_in(), await signs_in(MIRA), await visits("/demo")
    await ana.reaches_people("Ask a colleague, please")
    await ben.opens("Ask a colleague, please")
    await ben.page.get_by_role("tab", name="Comment").click()
    box = ben.page.get_by_role("textbox", name="Comment")
    await box.click()
    await box.press_sequentially("@mira")
    await ben.page.get_by_role("option", name="Mira Lund").wait_for()
    await ben.page.keyboard.press("Enter")
    await box.press_sequentially("do you know?")
    await ben.page.get_by_role("button", name="Add comment").click()
    bell = mira.page.get_by_role("button", name=re.compile("^Notifications"))
    await bell.click()
    notice = mira.page.get_by_role("button", name=re.compile("You were mentioned.*do you know"))
    await notice.click()
    await mira.sees("do you know?")
    await bell.click()
    await expect(mira.page.get_by_role("heading", name="Notifications")).to_be_visible()
    await expect(notice).to_have_count(0)


async def test_a_ticket_is_closed_too_or_left_open(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Put the 52 aside for me")
    await ben.opens("Put the 52 aside for me")
    await ben.page.get_by_role("button", name="More", exact=True).click()
    await ben.page.get_by_role("menuitem", name="Create ticket").click()
    await expect(ben.page.get_by_label("Title")).to_have_value("Put the 52 aside for me")
    await ben.page.get_by_role("button", name="Create ticket").click()
    contact = ben.page.get_by_role("complementary", name="Contact")
    await ben.page.get_by_role("button", name="More", exact=True).click()
    await ben.page.get_by_role("menuitem", name="Close only the conversation").click()
    await expect(ben.page.get_by_text("This conversation has ended.")).to_be_visible()
    await expect(contact.get_by_role("group").filter(has_text="Ticket")).to_contain_text("Open")
    await ben.page.get_by_role("button", name="Reopen conversation").click()
    await ben.closes()
    await ben.sees("Ticket closed")
    await expect(contact.get_by_role("group").filter(has_text="Ticket")).to_contain_text("Closed")


async def test_each_side_sees_the_other_writing_also_right_after_a_message(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, mira, ana = await signs_in(), await signs_in(MIRA), await visits("/demo")
    await ana.reaches_people("I have more to say")
    await ben.opens("I have more to say")
    await mira.opens("I have more to say")
    await ana.says("Namely this")
    await ana.chat.get_by_role("textbox", name="Message").press_sequentially("and")
    await ben.sees(re.compile("Visitor .* is typing"))
    await ben.replies("Go on")
    await writes(ben, "I read")
    await ana.sees("Ben is typing")
    await expect(mira.page.get_by_text("Ben is writing a reply")).to_be_visible()


async def test_typing_that_overtakes_the_words_before_it_is_seen_after_them_too(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    held: list[Callable[[], None]] = []

    def slowly(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def say(frame: str | bytes) -> None:
            if "Namely this" in str(frame):
                held.append(partial(server.send, frame))
            else:
                server.send(frame)

        socket.on_message(say)

    await ana.page.route_web_socket("**/api/widget/live", slowly)
    await ana.page.reload()
    await ana.reaches_people("I am not done")
    await ben.opens("I am not done")
    await ana.says("Namely this")
    await ana.chat.get_by_role("textbox", name="Message").press_sequentially("and")
    await ben.sees(re.compile("Visitor .* is typing"))
    await ana.chat.get_by_role("textbox", name="Message").press("s")
    held[0]()
    await ben.sees("Namely this")
    await ben.sees(re.compile("Visitor .* is typing"))


async def test_a_file_on_its_way_arrives_while_the_agent_looks_elsewhere(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await ana.reaches_people("Send me the invoice")
    await bo.reaches_people("I only want to look")
    await ben.views("All open")
    may_leave = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_leave.wait()
        await route.continue_()

    await ben.page.route("**/api/files", hold)
    await ben.opens("Send me the invoice")
    await ben.page.locator("input[type=file]").set_input_files(
        {"name": "invoice.txt", "mimeType": "text/plain", "buffer": b"52 cm, 900 pounds"}
    )
    on_its_way = ben.page.get_by_role("progressbar", name="invoice.txt")
    await expect(on_its_way).to_be_attached()
    await ben.opens("I only want to look")
    await ben.sees("I only want to look")
    async with ben.page.expect_response("**/api/files"):
        may_leave.set()
    await ben.opens("Send me the invoice")
    await expect(ben.page.get_by_role("button", name="Remove invoice.txt")).to_be_visible()
    await expect(on_its_way).to_have_count(0)
    await ben.replies("Here it is.")
    await ana.sees("invoice.txt")
