"""Ana and Ben behind a proxy that knows no WebSockets: the whole talk works, live, both ways, once."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, WebSocket, expect

from tests.infrastructure.tcp_proxy import TcpProxy
from tests.journeys.conftest import BEN, PASSWORD
from tests.journeys.people import Agent, Visitor, new_page
from tests.parley import Parley
from tests.waiting import eventually


@pytest.fixture
async def proxy(parley: Parley) -> AsyncIterator[TcpProxy]:
    async with TcpProxy.before(parley.url) as proxy:
        proxy.refuse_sockets()
        yield proxy


@pytest.fixture
async def pages(browser: Browser) -> AsyncIterator[tuple[Page, Page]]:
    """Ana's and Ben's, still empty."""
    pages = await new_page(browser), await new_page(browser)
    yield pages
    for page in pages:
        await page.context.close()


@pytest.fixture
def by_socket(pages: tuple[Page, Page]) -> list[list[str]]:
    """What sockets bring to each of them, from the first on."""
    return [heard_by_socket(page) for page in pages]


@pytest.fixture
async def ana(proxy: TcpProxy, pages: tuple[Page, Page], by_socket: list[list[str]]) -> Visitor:
    await pages[0].goto(f"{proxy.url}/demo")
    assert by_socket[0] == []
    return Visitor(pages[0])


@pytest.fixture
async def ben(proxy: TcpProxy, pages: tuple[Page, Page], by_socket: list[list[str]]) -> Agent:
    agent = Agent(pages[1])
    await agent.signs_in(proxy.url, BEN, PASSWORD)
    assert by_socket[1] == []
    return agent


async def test_the_whole_talk_without_sockets(ana: Visitor, ben: Agent, by_socket: list[list[str]]) -> None:
    await ana.reaches_people("Is there a proxy between us?")
    await ben.views("All open")
    await ben.opens("Is there a proxy between us?")
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_hidden()

    await ben.comments("She cannot see this")
    reply = ben.page.get_by_role("textbox", name="Reply")
    await types_until(reply, ana.chat.get_by_text(re.compile("Ben.* is typing")))
    await reply.press("Control+A")
    await reply.press("Backspace")
    await ben.replies("There is, and it does not matter.")
    await ana.sees_once("There is, and it does not matter.")
    await types_until(ana.chat.get_by_role("textbox", name="Message"), ben.log.get_by_text(re.compile("is typing")))
    for number in range(5):
        await ana.says(f"Good {number}")
    for number in range(5):
        await ana.sees_once(f"Good {number}")
        await expect(ben.log.get_by_text(f"Good {number}", exact=True)).to_have_count(1)

    await ben.closes()
    await expect(ana.chat.get_by_role("button", name="Start a new chat")).to_be_visible()
    await expect(ana.log).not_to_contain_text("She cannot see this")
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_hidden()
    assert by_socket == [[], []]


async def test_a_socket_takes_over_as_soon_as_it_gets_through(
    proxy: TcpProxy, ana: Visitor, ben: Agent, by_socket: list[list[str]]
) -> None:
    await ana.reaches_people("Still without?")
    await ben.views("All open")
    await ben.opens("Still without?")
    assert by_socket == [[], []]
    proxy.refuse()
    proxy.reset()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    proxy.heal()
    await eventually(lambda: all(by_socket))
    await ben.replies("No, with.")
    await ana.sees_once("No, with.")
    await eventually(lambda: all("No, with." in "".join(frames) for frames in by_socket))


async def types_until(box: Locator, told: Locator) -> None:
    """Writes on until the other side is told: a signal may be missed between two polls."""
    async with asyncio.timeout(30):
        while not await told.is_visible():
            await box.press_sequentially("m")


def heard_by_socket(page: Page) -> list[str]:
    """What arrives by sockets that open from now on."""
    frames: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    page.on("websocket", listen)
    return frames
