"""Reading: who has scrolled up stays there, and what was not in sight is not read."""

from playwright.async_api import Locator, expect

from tests.journeys.conftest import NewAgent, NewVisitor

LONG = "\n".join(f"Line {number} of a long story" for number in range(60))
AFTER_THE_NEXT_FRAMES = """async (log) => {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted))));
  return log.scrollTop;
}"""
IN_SIGHT = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


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
