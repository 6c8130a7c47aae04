"""A browser that tells what a page tried to do, and what does not keep to its place on it."""

from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Frame, Locator, Page, Request

from tests.parley import Parley

WATCH = """() => {
  window.refused = [];
  const hear = ({ violatedDirective, blockedURI }) => refused.push(`${violatedDirective} ${blockedURI}`);
  addEventListener("securitypolicyviolation", hear);
}"""
OUTSIDE = """(log) => {
  const { overflowX } = getComputedStyle(log);
  const found = overflowX !== "hidden" && log.scrollWidth > log.clientWidth ? ["the log scrolls sideways"] : [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (!parent.checkVisibility({ visibilityProperty: true }) || clipped(parent)) continue;
    range.selectNodeContents(walker.currentNode);
    const place = (parent.closest(".b, [class*=bubble]") ?? log).getBoundingClientRect();
    const leaves = ({ left, right, width }) => width > 0 && (left < place.left - 1 || right > place.right + 1);
    if ([...range.getClientRects()].some(leaves)) found.push(data.slice(0, 40));
  }
  return found;
  function clipped(element) {
    for (; element !== log; element = element.parentElement) if (getComputedStyle(element).overflowX !== "visible") return true;
    return false;
  }
}"""


@dataclass
class Watched:
    """A page, and what it has asked for and shown beside its content."""

    page: Page
    own: str
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    async def misdeeds(self) -> list[str]:
        """Programs that ran, things a policy had to stop, questions put to the reader, calls to elsewhere."""
        found = [f"dialog {text}" for text in self.dialogs]
        found += [f"asked {url}" for url in self.asked if not url.startswith((self.own, "data:", "blob:"))]
        for frame in self.page.frames:
            found += await _in_frame(frame)
        return found

    async def spills(self, log: Locator) -> list[str]:
        """What stands outside of its bubble, or makes something scroll sideways."""
        return list(await log.evaluate(OUTSIDE))


async def _in_frame(frame: Frame) -> list[str]:
    ran = await frame.evaluate("window.pwned !== undefined")
    refused = await frame.evaluate("window.refused")
    return [f"{what} in {frame.url}" for what in (["ran"] if ran else []) + refused]


async def watched(context: BrowserContext, parley: Parley) -> Watched:
    """A new page under watch."""
    await context.add_init_script(f"({WATCH})()")
    page = await context.new_page()
    watching = Watched(page, parley.url)

    def hear(request: Request) -> None:
        watching.asked.append(request.url)

    page.on("request", hear)
    page.on("dialog", lambda dialog: watching.dialogs.append(dialog.message))
    return watching
