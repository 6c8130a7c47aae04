"""The widget among the pages of a site: what follows the visitor from one to the next, and what the site's own code may say."""

import asyncio
import re

import pytest
from playwright.async_api import ConsoleMessage, Locator, expect

from services.gateway.demonstration import CHANNEL_ID
from tests.journeys.conftest import NewAgent, NewVisitor
from tests.journeys.people import LAUNCHER, Agent, Visitor

PASTE = """(field, { text, html }) => {
  const clipboard = new DataTransfer();
  if (text) clipboard.setData("text/plain", text);
  if (html) clipboard.setData("text/html", html);
  clipboard.items.add(new File(["a picture"], "image.png", { type: "image/png" }));
  const paste = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
  return field.dispatchEvent(paste);
}"""
"""Answers whether the browser still puts the text in by itself."""

IDENTIFIED = """heard = []; Parley.on('contactAssociated', () => heard.push('contactAssociated'));
Parley.identify({ email: 'ana.horvat@example.org', name: 'Ana Horvat' })"""


def box(ana: Visitor) -> Locator:
    return ana.chat.get_by_role("textbox", name="Message")


def launcher(ana: Visitor) -> Locator:
    return ana.page.get_by_role("button", name=LAUNCHER)


async def follows(ana: Visitor, link: str) -> None:
    """Clicks a link of the page, and is there."""
    async with ana.page.expect_navigation():
        await ana.page.get_by_role("link", name=link, exact=True).first.click()


async def written_to(ana: Visitor, ben: Agent, words: str, reply: str) -> None:
    """A conversation in which Ben has answered while the chat is shut."""
    await ana.reaches_people(words)
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await ana.chat.get_by_role("button", name="Close chat").click()
    await ben.opens(words)
    await ben.replies(reply)


async def becomes_somebody_else(ana: Visitor, in_the_tunnel: str = "") -> None:
    """Her token counts no more, and the server says so after a tunnel in which she may have written."""
    frame = next(frame for frame in ana.page.frames if "/widget/" in frame.url)
    contact = await frame.evaluate("(key) => localStorage.getItem(key)", f"parley {CHANNEL_ID} contact")
    await ana.page.context.set_offline(True)
    if in_the_tunnel:
        await ana.says(in_the_tunnel)
    await frame.evaluate("(key) => localStorage.setItem(key, 'no token of ours')", f"parley {CHANNEL_ID} token")
    await ana.page.context.set_offline(False)
    await frame.wait_for_function(
        "([key, before]) => ![before, ''].includes(localStorage.getItem(key))", arg=[f"parley {CHANNEL_ID} contact", contact]
    )


async def test_what_an_office_program_copies_is_pasted_as_words(visits: NewVisitor) -> None:
    ana = await visits()
    await ana.opens_chat()
    assert await box(ana).evaluate(PASTE, {"text": "Fell 3\t2190", "html": "<table><td>Fell 3<td>2190</table>"})
    await expect(ana.chat.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)
    assert not await box(ana).evaluate(PASTE, {"text": "", "html": "<img src='https://shop.example/fell-3.png'>"})
    await expect(ana.chat.get_by_role("button", name="Remove image.png")).to_be_visible()


async def test_the_open_chat_goes_along_to_the_next_page(visits: NewVisitor) -> None:
    ana = await visits()
    await ana.opens_chat()
    await ana.says("I look around meanwhile")
    await ana.sees_once("I look around meanwhile")
    await follows(ana, "Workshop")
    await expect(box(ana)).to_be_visible()
    await ana.sees_once("I look around meanwhile")
    assert await ana.page.evaluate("document.activeElement === document.body"), "the chat took the keyboard"
    await expect(box(ana)).not_to_be_focused()
    await ana.chat.get_by_role("button", name="Close chat").click()
    await follows(ana, "Bicycles")
    await expect(launcher(ana)).to_be_visible()
    await expect(box(ana)).to_be_hidden()


async def test_on_a_phone_it_makes_way_for_the_next_page(visits: NewVisitor) -> None:
    ana = await visits(phone=True)
    await ana.opens_chat()
    await ana.page.goto(ana.page.url + "/workshop")
    await expect(launcher(ana)).to_be_visible()
    await expect(ana.page.get_by_role("heading", level=1)).to_be_in_viewport()
    await expect(box(ana)).to_be_hidden()


async def test_a_message_that_was_waved_away_stays_away(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits(), await signs_in()
    await written_to(ana, ben, "Wave at me", "I wave")
    dismiss = ana.chat.get_by_role("button", name="Dismiss")
    await dismiss.click()
    await expect(dismiss).to_be_hidden()
    await follows(ana, "Workshop")
    await expect(ana.page.get_by_role("button", name="Open chat, 1 unread message")).to_be_visible()
    await expect(dismiss).to_be_hidden()
    await ben.replies("Once more")
    await expect(ana.chat.get_by_role("status").get_by_text("Once more")).to_be_visible()
    await expect(ana.page.get_by_role("button", name="Open chat, 2 unread messages")).to_be_visible()


async def test_whose_token_counts_no_more_begins_with_a_new_chat(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits(), await signs_in()
    await ana.reaches_people("From before")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await becomes_somebody_else(ana, "Written in a tunnel")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await ana.sees_once("Written in a tunnel")
    await expect(ana.log.get_by_text("From before")).to_have_count(0)
    await ben.views("All open")
    await expect(ben.list.get_by_text("From before")).to_be_visible()
    await ben.views("Bots")
    await ben.opens("")
    await expect(ben.log.get_by_text("Written in a tunnel", exact=True)).to_have_count(1)


async def test_a_file_and_words_half_written_go_along_to_the_new_chat(visits: NewVisitor) -> None:
    ana = await visits()
    await ana.opens_chat()
    await ana.chat.locator("input[type=file]").set_input_files({"name": "note.txt", "mimeType": "text/plain", "buffer": b"52 cm"})
    waits = ana.chat.get_by_role("button", name="Remove note.txt")
    await expect(waits).to_be_visible()
    await box(ana).fill("Here is")
    await becomes_somebody_else(ana)
    await ana.page.keyboard.type(" my size")
    await ana.page.keyboard.press("Enter")
    await ana.sees_once("Here is my size")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await expect(ana.log.get_by_role("button", name=re.compile("note.txt"))).to_be_visible()
    await expect(waits).to_be_hidden()


async def test_the_page_says_who_its_visitor_is_and_where(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits(), await signs_in()
    await ana.page.evaluate(IDENTIFIED)
    await ana.page.evaluate("Parley.setPage({ url: '/demo/bikes/fell-3?size=52', title: 'Fell 3, 52 cm' })")
    await ana.opens_chat()
    await ana.says("Do you know me?")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    assert await ana.page.evaluate("heard") == ["contactAssociated"]
    await ben.views("Bots")
    await ben.opens("Ana Horvat")
    await ben.sees("Do you know me?")
    await ben.sees("Ana Horvat started a chat")
    contact = ben.page.get_by_role("complementary", name="Contact")
    await expect(contact).to_contain_text("ana.horvat@example.org")
    await expect(contact.get_by_role("link", name="/demo/bikes/fell-3?size=52")).to_be_visible()


async def test_what_a_page_says_wrongly_is_said_in_its_console(visits: NewVisitor) -> None:
    ana = await visits()
    said: asyncio.Queue[str] = asyncio.Queue()

    def hear(message: ConsoleMessage) -> None:
        if message.text.startswith("Parley:"):
            said.put_nowait(message.text)

    ana.page.on("console", hear)
    await ana.page.evaluate("Parley.identify('ana')")
    await ana.opens_chat()
    async with asyncio.timeout(10):
        assert "identify takes { email, name }" in await said.get()
    await ana.page.evaluate("Parley.identify({ email: 'ana@example' })")
    await ana.says("Then without a name")
    async with asyncio.timeout(10):
        assert re.search("identify: .*address", await said.get())
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()


@pytest.mark.parametrize("leaves", [False, True], ids=["stays", "leaves at once"])
async def test_who_signs_out_leaves_nothing_for_the_next(visits: NewVisitor, leaves: bool) -> None:
    ana = await visits()
    await ana.opens_chat()
    await ana.says("A secret of mine")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await box(ana).fill("and half a secret")
    if leaves:
        await ana.page.evaluate("Parley.clear(); location.href = '/demo/workshop'")
        await ana.page.wait_for_url("**/workshop")
    else:
        await ana.page.evaluate("Parley.clear()")
    await expect(box(ana)).to_be_hidden()
    await ana.opens_chat()
    await expect(box(ana)).to_have_value("")
    await ana.says("I am somebody else")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await expect(ana.log.get_by_text("A secret of mine")).to_have_count(0)
    await expect(ana.chat.get_by_role("button", name="Past conversations")).to_be_visible()
    await ana.chat.get_by_role("button", name="Past conversations").click()
    await expect(ana.chat.get_by_role("list", name="Past conversations").get_by_role("listitem")).to_have_count(1)


async def test_who_signs_out_in_one_tab_has_gone_from_the_other(visits: NewVisitor) -> None:
    ana = await visits()
    await ana.page.evaluate(IDENTIFIED)
    await ana.opens_chat()
    await ana.says("A secret of mine")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    other = Visitor(await ana.page.context.new_page())
    await other.page.goto(ana.page.url)
    await other.page.evaluate(IDENTIFIED)
    await other.opens_chat()
    await other.sees_once("A secret of mine")
    await box(other).fill("and half a secret")
    await ana.page.evaluate("Parley.clear()")
    await expect(other.log.get_by_text("A secret of mine")).to_have_count(0)
    await expect(box(other)).to_have_value("")
    await other.says("I am somebody else")
    await expect(other.log.get_by_text("Sent", exact=True)).to_be_visible()
    assert await other.page.evaluate("heard") == [], "the next visitor was taken for Ana"
