"""The widget's stop-watch runs inside the page: from the click's own time stamp to the paint that shows the text field.

A driver's clock would also count the driver: it evaluates its own scripts in the new frame, with the slowed CPU.
"""

from playwright.sync_api import Page

RULER = """(() => {
  if (self === top) {
    const clicked = ({ timeStamp }) => { window.clickedAt = performance.timeOrigin + timeStamp };
    return addEventListener("click", clicked, { capture: true, once: true });
  }
  const moment = (time) => performance.timeOrigin + time;
  const contentful = new Promise((resolve) => {
    const hear = (list) => list.getEntriesByName("first-contentful-paint").forEach(({ startTime }) => resolve(startTime));
    new PerformanceObserver(hear).observe({ type: "paint", buffered: true });
  });
  const inSight = (element) => element?.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  function look() {
    const there = inSight(frameElement) && inSight(document.querySelector("textarea:enabled"));
    if (!there) return requestAnimationFrame(look);
    setTimeout(async () => {
      const painted = performance.now();
      top.canWriteAt = moment(Math.max(painted, await contentful));
    });
  }
  requestAnimationFrame(look);
})()"""


def put_into(page: Page) -> None:
    """Before the page is opened. Page and frame must be of one origin."""
    page.add_init_script(RULER)


def read(page: Page) -> float:
    """Seconds from the click until somebody could write: the field stood there, visible, enabled and painted."""
    waited = page.wait_for_function("window.canWriteAt && window.canWriteAt - window.clickedAt")
    return float(waited.json_value()) / 1000
