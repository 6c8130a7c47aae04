"""Ana at the shop and Ben at his desk, driving real browsers by the names that assistive technology hears."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from shared.messages import new_id
from tests.waiting import eventually

LAUNCHER = re.compile(r"^Open chat")
WIDGET = "iframe[src*='/widget/']"


@dataclass
class Visitor:
    """Somebody on the shop's page, with a browser of their own."""

    page: Page

    @property
    def chat(self) -> FrameLocator:
        """The widget's inside."""
        return self.page.frame_locator(WIDGET)

    @property
    def log(self) -> Locator:
        """What has been said."""
        return self.chat.get_by_role("log", name="Messages")

    async def opens_chat(self) -> None:
        """Clicks the launcher."""
        await self.page.get_by_role("button", name=LAUNCHER).click()
        await expect(self.chat.get_by_role("textbox", name="Message")).to_be_visible()

    async def chooses(self, quick_reply: str) -> None:
        """Clicks a quick reply."""
        await self.chat.get_by_role("button", name=quick_reply, exact=True).click()

    async def says(self, text: str) -> None:
        """Writes and sends."""
        await self.chat.get_by_role("textbox", name="Message").fill(text)
        await self.chat.get_by_role("button", name="Send", exact=True).click()

    async def reaches_people(self, words: str, address: str = "ana.horvat@example.org") -> None:
        """Opens the chat if it is closed, is handed over by the bot, and says these words to people."""
        if not await self.chat.get_by_role("textbox", name="Message").is_visible():
            await self.opens_chat()
        await self.chooses("Talk to a person")
        await self.sees(re.compile("e-mail address", re.IGNORECASE))
        await self.says(address)
        await self.sees("A colleague is with you in a moment")
        await self.says(words)

    async def sees(self, text: str | re.Pattern[str]) -> None:
        """Waits until it is in the chat."""
        await expect(self.log).to_contain_text(text)

    async def sees_once(self, text: str) -> None:
        """Waits for it, and there is only one."""
        await expect(self.log.get_by_text(text, exact=True)).to_have_count(1)


@dataclass
class Agent:
    """Somebody who answers, in the console."""

    page: Page

    @property
    def list(self) -> Locator:
        """The conversation list."""
        return self.page.get_by_role("list", name="Conversations")

    @property
    def log(self) -> Locator:
        """The open thread."""
        return self.page.get_by_role("log", name="Messages")

    async def signs_in(self, url: str, address: str, password: str) -> None:
        """Through the sign-in page, to the inbox."""
        await self.page.goto(url)
        await self.page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(address)
        await self.page.get_by_label(re.compile("^password", re.IGNORECASE)).fill(password)
        await self.page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
        await expect(self.page.get_by_role("navigation", name="Views")).to_be_attached()

    async def is_alone(self) -> None:
        """Waits until no colleague is connected any more: whoever still is may be given what comes."""
        await eventually(self._is_alone, 60)

    async def _is_alone(self) -> bool:
        people = await self._asks("GET", "/api/people")
        return len([person for person in people if person["connected"]]) == 1

    async def ends_all(self) -> None:
        """Closes every conversation of theirs: whoever has as many as they can take is given no more."""
        for row in (await self._asks("GET", "/api/conversations?view=mine"))["rows"]:
            await self.asks("close_conversation", conversation_id=row["conversation_id"])

    async def asks(self, ask: str, **fields: object) -> None:
        """Asks for something past the console."""
        await self._asks("POST", "/api/asks", {"type": ask, "command_id": new_id(), **fields})

    async def _asks(self, method: str, path: str, body: object = None) -> Any:
        address, headers = urljoin(self.page.url, path), {"X-Parley": "1"}
        answer = await self.page.request.fetch(address, method=method, headers=headers, data=body)
        assert answer.ok, await answer.text()
        return await answer.json()

    async def views(self, name: str) -> None:
        """Chooses a view."""
        await self.page.get_by_role("navigation", name="Views").get_by_role("link", name=re.compile(name)).click()

    async def opens(self, preview: str) -> None:
        """Opens the conversation whose row says this."""
        await self.list.get_by_role("link").filter(has_text=preview).first.click()
        await expect(self.log).to_be_visible()

    async def replies(self, text: str) -> None:
        """Writes a reply and sends it."""
        box = self.page.get_by_role("textbox", name="Reply")
        await box.click()
        await box.press_sequentially(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def comments(self, text: str) -> None:
        """Writes a comment for colleagues."""
        await self.page.get_by_role("tab", name="Comment").click()
        box = self.page.get_by_role("textbox", name="Comment")
        await box.click()
        await box.press_sequentially(text)
        await self.page.get_by_role("button", name="Add comment").click()
        await self.page.get_by_role("tab", name="Reply").click()

    async def sees(self, text: str | re.Pattern[str]) -> None:
        """Waits until it is in the thread."""
        await expect(self.log).to_contain_text(text)

    async def closes(self) -> None:
        """Closes the open conversation."""
        await self.page.get_by_role("button", name="Close conversation").click()


async def new_page(browser: Browser, *, phone: bool = False, **options: object) -> Page:
    """A page in a context of its own: another person's browser."""
    viewport = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context: BrowserContext = await browser.new_context(viewport=viewport, locale="en-GB", **options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return await context.new_page()
