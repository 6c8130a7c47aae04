"""P9: what the widget weighs on the line, and how soon somebody with a slow telephone can write."""

import gzip
from collections.abc import Iterator
from time import perf_counter

from playwright.sync_api import Page, Response, Route, sync_playwright

from tests.bench.figure import Figure, at_most
from tests.bench.stage import Stage
from tests.infrastructure.browser import chromium
from tests.journeys.people import LAUNCHER, WIDGET

SLOWER = 4
KILOBYTE = 1000
OPENINGS = 5
SHOP = '<!doctype html><html lang="en"><title>Shop</title><script async src="/widget.js" data-channel="{}"></script></html>'


def measure(stage: Stage) -> Iterator[Figure]:
    """A headless Chromium at a quarter of its speed opens the chat on a bare page; the median opening counts."""
    parley = stage.parley.start()
    shop = f"{parley.parley.url}/a-shop"
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium().launch_options) as browser:
        weighed: tuple[int, int] = (0, 0)
        seconds = []
        for turn in range(1, OPENINGS + 1):
            stage.says(f"P9: the widget opens, {turn} of {OPENINGS}")
            page = browser.new_page(locale="en-GB")
            page.route(shop, lambda route: _shop(route, parley.channel_id))
            before, after, opening = _opened(page, shop)
            weighed = (before, after)
            seconds.append(opening)
            page.close()
    before, after = weighed
    yield Figure("P9", "widget before first open, gzip", "kB", before / KILOBYTE, None, (at_most(3),))
    yield Figure("P9", "widget to chat, gzip", "kB", after / KILOBYTE, None, (at_most(40),))
    half = sorted(seconds)[len(seconds) // 2]
    yield Figure("P9", "click → can write, 4 × slower CPU", "ms", half * 1000, None, (at_most(300),))


def _shop(route: Route, channel_id: str) -> None:
    route.fulfill(content_type="text/html", body=SHOP.format(channel_id))


def _opened(page: Page, shop: str) -> tuple[int, int, float]:
    """Bytes before the click, bytes until one can write, and the seconds between click and that moment."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 # the driver marks handlers, built-ins refuse
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(shop)
    launcher = page.get_by_role("button", name=LAUNCHER)
    launcher.wait_for()
    page.wait_for_load_state("networkidle")
    early = len(answers)
    began = perf_counter()
    launcher.click()
    page.frame_locator(WIDGET).get_by_role("textbox", name="Message").wait_for()
    seconds = perf_counter() - began
    ours = [[answer for answer in some if answer.url != shop] for some in (answers[:early], answers)]
    before, after = (sum(map(weight, some)) for some in ours)
    return before, after, seconds


def weight(answer: Response) -> int:
    """Bytes of what the answer carries, gzip; what programs ask for is not the widget's weight."""
    if answer.request.resource_type in {"fetch", "xhr", "websocket"} or answer.status != 200:
        return 0
    return len(gzip.compress(answer.body(), 9, mtime=0))
