"""P9: what the widget weighs on the line, and how soon somebody with a slow telephone can write."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from playwright.sync_api import Locator, Page, Response, sync_playwright

from tests.bench.figure import Figure, at_most
from tests.bench.rows import ruler
from tests.bench.stage import Stage
from tests.infrastructure.browser import chromium
from tests.journeys.people import LAUNCHER, WIDGET

SLOWER = 4
KILOBYTE = 1000
OPENINGS = 5
BARE = """<!doctype html><html lang="en"><title>Bare</title><button>Open chat</button><script>
const frame = Object.assign(document.createElement("iframe"), { srcdoc: "<p>Chat</p><textarea></textarea>" });
document.querySelector("button").onclick = () => document.body.append(frame);
</script></html>"""
"""The least a browser can do: a frame with a text field and nothing else, from nowhere."""
SHOP = '<!doctype html><html lang="en"><title>Shop</title><script async src="/widget.js" data-channel="{}"></script></html>'


@dataclass(frozen=True)
class Opening:
    """Bytes before the click and until one can write; seconds between the two by the page's own clock, and by the driver's."""

    before: int
    after: int
    seconds: float
    driven: float


def measure(stage: Stage) -> Iterator[Figure]:
    """A headless Chromium at a quarter of its speed opens the chat on a bare page; the median opening counts."""
    parley = stage.parley.start()
    place, shop = f"{parley.parley.url}/a-shop", SHOP.format(parley.channel_id)
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium().launch_options) as browser:
        openings, bare = [], []
        for turn in range(1, OPENINGS + 1):
            stage.says(f"P9: the widget opens, {turn} of {OPENINGS}")
            with browser.new_page(locale="en-GB") as page:
                openings.append(_opened(page, place, shop))
            with browser.new_page(locale="en-GB") as page:
                _goes_to(page, place, BARE).click()
                bare.append(ruler.read(page))
    last = openings[-1]
    yield Figure("P9", "widget before first open, gzip", "kB", last.before / KILOBYTE, None, (at_most(3),))
    yield Figure("P9", "widget to chat, gzip", "kB", last.after / KILOBYTE, None, (at_most(40),))
    own, driven = median(one.seconds for one in openings), median(one.driven for one in openings)
    yield Figure("P9", "click → can write, 4 × slower CPU", "ms", own * 1000, median(bare) * 1000, (at_most(300),))
    yield Figure("P9", "the same, by the test driver's clock", "ms", driven * 1000, None)


def _goes_to(page: Page, place: str, content: str) -> Locator:
    """The page's launcher, ready to be clicked by somebody with a slow telephone."""
    page.route(place, lambda route: route.fulfill(content_type="text/html", body=content))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    ruler.put_into(page)
    page.goto(place)
    launcher = page.get_by_role("button", name=LAUNCHER)
    launcher.wait_for()
    page.wait_for_load_state("networkidle")
    return launcher


def _opened(page: Page, place: str, shop: str) -> Opening:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 # the driver marks handlers, built-ins refuse
    launcher = _goes_to(page, place, shop)
    early = len(answers)
    began = perf_counter()
    launcher.click()
    page.frame_locator(WIDGET).get_by_role("textbox", name="Message").wait_for()
    driven = perf_counter() - began
    ours = [[answer for answer in some if answer.url != place] for some in (answers[:early], answers)]
    before, after = (sum(map(weight, some)) for some in ours)
    return Opening(before, after, ruler.read(page), driven)


def weight(answer: Response) -> int:
    """Bytes of what the answer carries, gzip; what programs ask for is not the widget's weight."""
    if answer.request.resource_type in {"fetch", "xhr", "websocket"} or answer.status != 200:
        return 0
    return len(gzip.compress(answer.body(), 9, mtime=0))
