"""Reading: who has scrolled up stays there, what was not in sight is not read, and what there is to read is there."""

import re
from io import BytesIO

from PIL import Image
from playwright.async_api import Locator, expect

from shared.messages import new_id
from tests.journeys.conftest import MIRA, NewAgent, NewVisitor
from tests.parley import Parley
from tests.waiting import eventually

LONG = "\n".join(f"Line {number} of a long story" for number in range(60))
AFTER_THE_NEXT_FRAMES = """async (log) => {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted))));
  return log.scrollTop;
}"""
IN_SIGHT = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}"""


def png() -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(file, "PNG")
    return file.getvalue()


async def place(log: Locator) -> int:
    """How far it is scrolled, once it has come to rest."""
    return int(await log.evaluate(AFTER_THE_NEXT_FRAMES))


async def test_a_reply_leaves_the_reader_where_she_is(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits("/demo"), await signs_in()
    await ana.reaches_people(LONG)
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await ben.opens("Line 0 of a long story")
    assert await place(ana.log) > 0
    await ana.log.evaluate("(log) => log.scrollTo(0, 0)")
    newer = ana.chat.get_by_role("button", name="New messages")
    await expect(newer).to_be_visible()
    await ben.replies("That was long.")
    await ana.sees_once("That was long.")
    assert await place(ana.log) == 0
    await newer.click()
    await expect(ana.log.get_by_text("That was long.", exact=True)).to_be_in_viewport()
    await expect(newer).to_be_hidden()


async def test_a_visitor_without_a_network_is_told_so(visits: NewVisitor) -> None:
    ana = await visits("/demo")
    await ana.reaches_people("Before the tunnel")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await ana.page.context.set_offline(True)
    await expect(ana.chat.get_by_text("Reconnecting… your messages are safe")).to_be_visible()
    await ana.says("Inside")
    await expect(ana.log.get_by_text("Goes out when you are back online")).to_be_visible()
    await ana.page.context.set_offline(False)
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await ana.sees_once("Inside")


async def test_what_arrives_behind_another_tab_is_read_when_the_agent_comes_back(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits("/demo"), await signs_in()
    await ana.reaches_people("Look at this")
    await ben.opens("Look at this")
    await ben.page.evaluate(IN_SIGHT, "hidden")
    await ana.says("And at that, later")
    await ben.sees("And at that, later")
    row = ben.list.get_by_role("link").filter(has_text="And at that, later")
    await expect(row).to_contain_text("Unread")
    await ben.page.evaluate(IN_SIGHT, "visible")
    await expect(row).not_to_contain_text("Unread")


async def test_pictures_can_be_opened_after_an_hour_behind_another_tab(visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben = await visits("/demo"), await signs_in()
    await ben.page.clock.install()
    await ana.reaches_people("A picture follows")
    await ben.opens("A picture follows")
    await ana.chat.locator("input[type=file]").set_input_files({"name": "frame.png", "mimeType": "image/png", "buffer": png()})
    await ana.says("There it is")
    picture = ben.log.get_by_role("link", name="Open image frame.png")
    await expect(picture.locator("img")).to_be_visible()
    asked: list[str] = []
    ben.page.on("request", lambda request: asked.append(request.url))
    await ben.page.clock.fast_forward("10:00")
    await ben.replies("I see")
    await ana.sees("I see")
    assert not [url for url in asked if "/api/files/" in url], "loaded anew though its link is good"
    await ben.page.evaluate(IN_SIGHT, "hidden")
    await ben.page.clock.fast_forward("01:08:00")
    async with ben.page.expect_response("**/api/files/*") as link:
        await ben.page.evaluate(IN_SIGHT, "visible")
    fresh = (await (await link.value).json())["url"]
    await expect(picture).to_have_attribute("href", re.compile(re.escape(fresh)))


async def test_a_list_is_loaded_again_while_much_happens(parley: Parley, visits: NewVisitor, signs_in: NewAgent) -> None:
    ana, ben, mira = await visits("/demo"), await signs_in(), await signs_in(MIRA)
    await ana.reaches_people("What is all this noise?")
    await mira.opens("What is all this noise?")
    conversation_id = mira.page.url.rpartition("/")[2]
    async with ben.page.expect_response("**/api/conversations?view=closed*"):
        await ben.page.goto(f"{parley.url}/inbox/closed")
    row = ben.list.get_by_role("link").filter(has_text="Noise")

    async def comments() -> bool:
        await mira.asks("add_comment", conversation_id=conversation_id, message_id=new_id(), written={"text": "Noise"})
        return await row.count() > 0

    await mira.asks("close_conversation", conversation_id=conversation_id)
    await eventually(comments)
