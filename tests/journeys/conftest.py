"""One whole Parley with the demo workspace, and one browser, for all journeys. The auditor has the last word."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from deploy.audit import audit
from tests.infrastructure.browser import chromium
from tests.infrastructure.smtp import SmtpServer
from tests.journeys.people import Agent, Visitor, new_page
from tests.parley import Parley

PASSWORD = "Fell-3-in-52-only-for-tests"
BEN, MIRA = "ben@spoke-and-larch.example", "mira@spoke-and-larch.example"

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
async def mailbox() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture(scope="session")
async def parley(tmp_path_factory: pytest.TempPathFactory, mailbox: SmtpServer) -> AsyncIterator[Parley]:
    directory: Path = tmp_path_factory.mktemp("journeys")
    with Parley(directory, smtp_url=mailbox.url, PARLEY_DEMO_PASSWORD=PASSWORD) as parley:
        parley.start()
        await _demo(parley)
        yield parley
        assert await audit(parley.settings) == []
        assert parley.overstepped() == []


async def _demo(parley: Parley) -> None:
    seeding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.demo", env=os.environ | parley.environment, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await seeding.communicate()
    assert seeding.returncode == 0, output.decode()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium().launch_options)
        yield browser
        await browser.close()


NewVisitor = Callable[..., Awaitable[Visitor]]
NewAgent = Callable[..., Awaitable[Agent]]


@pytest.fixture
async def visits(parley: Parley, browser: Browser) -> AsyncIterator[NewVisitor]:
    """`await visits("/demo/bikes/fell-3")`: somebody opens a page of the shop."""
    pages: list[Page] = []

    async def visit(path: str = "/demo", **options: object) -> Visitor:
        page = await new_page(browser, **options)  # type: ignore[arg-type]
        pages.append(page)
        await page.goto(parley.url + path)
        return Visitor(page)

    yield visit
    for page in pages:
        await page.context.close()


@pytest.fixture
async def signs_in(parley: Parley, browser: Browser) -> AsyncIterator[NewAgent]:
    """`await signs_in()`: Ben, or another colleague, opens the console."""
    pages: list[Page] = []

    async def sign_in(address: str = BEN, **options: object) -> Agent:
        page = await new_page(browser, **options)  # type: ignore[arg-type]
        pages.append(page)
        agent = Agent(page)
        await agent.signs_in(parley.url, address, PASSWORD)
        return agent

    yield sign_in
    for page in pages:
        await page.context.close()


@pytest.fixture
async def parley_sign_in_page(parley: Parley, browser: Browser) -> AsyncIterator[Page]:
    page = await new_page(browser, bypass_csp=True)
    await page.goto(parley.url)
    await expect(page.get_by_label("Password")).to_be_visible()
    yield page
    await page.context.close()
