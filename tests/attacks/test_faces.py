"""Widget and console in a real browser, full of what strangers write: nothing runs, nobody else is asked, all keeps its place."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from services.gateway.demonstration import CHANNEL_ID
from shared.messages import new_id
from tests.attacks.hostile import EVIL, FILE, NAME, PAGE, RUN, SPREADING, SPREADING_HTML, TITLE
from tests.attacks.people import Colleague, Visitor
from tests.attacks.watching import Watched, watched
from tests.infrastructure.browser import chromium
from tests.parley import Parley
from tests.waiting import eventually

RICH = [*(f"{text} rich" for text in EVIL), *SPREADING_HTML]
WRITTEN = [*((text, None) for text in [*EVIL, *SPREADING]), *(("rich", html) for html in RICH)]
PATIENCE_MS = 20_000
LAST = "the last of the evil words"
BUBBLE = ".b, [class*=bubble]"
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium().launch_options)
        yield browser
        await browser.close()


@pytest.fixture
async def conversation_id(ana: Visitor, mallory: Colleague) -> str:
    """Both sides have said all of it, under names and on a page that are no better."""
    conversation_id = await ana.starts("evil begins", page=PAGE)
    file_id = (await ana.uploads(b"x", FILE)).json()["file_id"]
    assert (await mallory.asks("rename_contact", contact_id=ana.session["contact_id"], name=NAME)).status_code == 200
    taken = await mallory.asks("assign_conversation", conversation_id=conversation_id, account_id=mallory.account_id)
    assert taken.status_code == 200
    for text, html in WRITTEN:
        written: dict[str, object] = {"text": text, "html": html}
        await both_say(ana, mallory, conversation_id, written)
    await both_say(ana, mallory, conversation_id, {"text": LAST, "file_ids": [file_id]})
    await eventually(lambda: is_readable(mallory, conversation_id))
    return conversation_id


async def both_say(ana: Visitor, mallory: Colleague, conversation_id: str, written: dict[str, object]) -> None:
    """Ana alone brings the file."""
    for person, one in ((ana, written), (mallory, written | {"file_ids": []})):
        answer = await person.asks("post_message", conversation_id=conversation_id, message_id=new_id(), written=one)
        assert answer.status_code == 200, answer.text


async def is_readable(reader: Colleague, conversation_id: str) -> bool:
    return LAST in (await reader.http.get(f"/api/conversations/{conversation_id}")).text


async def links_are_harmless(log: Locator) -> None:
    for link in await log.get_by_role("link").all():
        assert re.match("https?://|mailto:|/api/files/", await link.get_attribute("href") or "")


async def is_calm(watching: Watched, log: Locator) -> None:
    await expect(log).to_contain_text(LAST, timeout=PATIENCE_MS)
    assert await log.locator(BUBBLE).count() > 2 * len(WRITTEN)  # All of it is there, and said by both.
    await links_are_harmless(log)
    assert await watching.misdeeds() == []
    assert await watching.spills(log) == []


async def goes_to_the_shop(page: Page, parley: Parley, ana: Visitor) -> None:
    """As Ana, who has been there before."""
    token = f"localStorage.setItem('parley {CHANNEL_ID} token', '{ana.token}')"
    await page.add_init_script(token)
    await page.goto(f"{parley.url}/demo")
    await page.get_by_role("button", name=re.compile("^Open chat")).click()


@pytest.mark.parametrize("size", SIZES)
async def test_the_widget_stays_calm(parley: Parley, ana: Visitor, conversation_id: str, browser: Browser, size: str) -> None:
    context = await browser.new_context(locale="en-GB", viewport=SIZES[size])
    watching = await watched(context, parley)
    await goes_to_the_shop(watching.page, parley, ana)
    await is_calm(watching, watching.page.frame_locator("iframe").get_by_role("log", name="Messages"))
    assert conversation_id


@pytest.mark.parametrize("size", SIZES)
async def test_the_console_stays_calm(
    parley: Parley, mallory: Colleague, conversation_id: str, browser: Browser, size: str
) -> None:
    context = await browser.new_context(locale="en-GB", viewport=SIZES[size])
    watching = await watched(context, parley)
    await context.add_cookies([{"name": "parley_session", "value": mallory.cookie, "url": parley.url}])
    await watching.page.goto(f"{parley.url}/inbox/all_open/{conversation_id}")
    named = watching.page.get_by_role("region", name="Conversation with Mallory")  # and no letter in between that turns it round
    await expect(named).to_be_visible(timeout=PATIENCE_MS)
    await is_calm(watching, watching.page.get_by_role("log", name="Messages"))


async def test_a_hostile_page_is_named_and_no_more(parley: Parley, ben: Colleague, browser: Browser) -> None:
    context = await browser.new_context(locale="en-GB", viewport=SIZES["desktop"])
    shop = await watched(context, parley)
    await shop.page.goto(f'{parley.url}/demo?"onmouseover="{RUN}"<script>{RUN}</script>')
    await shop.page.evaluate("(title) => { document.title = title }", TITLE)
    await shop.page.get_by_role("button", name=re.compile("^Open chat")).click()
    chat = shop.page.frame_locator("iframe")
    await chat.get_by_role("textbox", name="Message").fill(f"<img src=x onerror={RUN}>")
    await chat.get_by_role("button", name="Send", exact=True).click()
    await expect(chat.get_by_role("log").get_by_text("Sent", exact=True)).to_be_visible()
    assert await shop.misdeeds() == []
    desk = await watched(context, parley)
    await context.add_cookies([{"name": "parley_session", "value": ben.cookie, "url": parley.url}])
    await desk.page.goto(f"{parley.url}/inbox/all_open")
    await desk.page.get_by_role("list", name="Conversations").get_by_role("link").first.click()
    visit = desk.page.get_by_role("complementary", name="Contact").get_by_role("link", name="/demo?")
    await expect(visit).to_have_attribute("href", re.compile(f"^{parley.url}/demo"))
    await visit.hover()
    assert await desk.misdeeds() == []
