"""The server takes its time: the visitor writes meanwhile, and nothing is lost, doubled or torn apart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, Route, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.people import Visitor


@asynccontextmanager
async def no_answer_yet(page: Page) -> AsyncIterator[None]:
    """Whoever asks for a session waits until the block ends; it ends only after somebody has asked."""
    asked, go = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await go.wait()
        await route.continue_()

    await page.route("**/api/widget/session", hold)
    yield
    async with asyncio.timeout(10):
        await asked.wait()
    go.set()


async def sees_being_sent(ana: Visitor, text: str) -> None:
    await ana.sees_once(text)
    await expect(ana.log.get_by_text("Sending", exact=True)).to_be_visible()
    await expect(ana.log.get_by_text("Sent", exact=True)).to_have_count(0)


async def comes_back(ana: Visitor) -> None:
    """A reload: what is on screen then, in the chat that is still open, is what the server has."""
    await ana.page.unroute_all()
    await ana.page.reload()


async def test_a_new_visitor_writes_before_the_server_has_answered(visits: NewVisitor) -> None:
    ana = await visits("/demo")
    async with no_answer_yet(ana.page):
        await ana.opens_chat()
        await ana.says("Faster than the server")
        await sees_being_sent(ana, "Faster than the server")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    await comes_back(ana)
    await ana.sees_once("Faster than the server")


async def test_who_comes_back_goes_on_with_the_same_conversation(visits: NewVisitor) -> None:
    ana = await visits("/demo")
    await ana.reaches_people("Said on the first page")
    await expect(ana.log.get_by_text("Sent", exact=True)).to_be_visible()
    async with no_answer_yet(ana.page):
        await ana.page.goto(ana.page.url.replace("/demo", "/demo/workshop"))
        await ana.says("Said on the second")
        await sees_being_sent(ana, "Said on the second")
    await ana.sees_once("Said on the first page")
    await comes_back(ana)
    await ana.sees_once("Said on the first page")
    await ana.sees_once("Said on the second")
