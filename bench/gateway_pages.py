"""The demo page in Chromium: when it is painted after its script has come, and what is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from bench.gateway_bot import OPTIONS_EVERY
from tests.browser.chat import Chat
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PATIENCE_MILLISECONDS

# Width, height, and whether it is touched.
Size = tuple[int, int, bool]
SIZES: tuple[Size, ...] = (
    (360, 800, True),
    (768, 1024, True),
    (1280, 800, False),
    (1080, 1920, True),
)
# A button in a shadow root has no paint entry of its own. In the frame's callback it is laid
# out; the message comes when that frame has been painted.
WATCH = """
  const look = () => {
    const chat = document.querySelector("opastin-chat");
    if (!chat?.shadowRoot?.querySelector(".launcher")?.offsetHeight) {
      requestAnimationFrame(look);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { globalThis.launcherPainted = performance.now(); };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
"""
TIMES = """() => ({
  script: performance.getEntriesByType("resource")
    .find(({ name }) => new URL(name).pathname === "/widget.js").responseEnd,
  page: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  launcher: globalThis.launcherPainted,
})"""
# As they came over the network, packed, without headers.
LOADED = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => new URL(name).pathname.startsWith("/widget"))
  .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize])"""
DRAWN = "() => globalThis.launcherPainted && performance.getEntriesByType('paint').length > 1"


Times = dict[str, list[dict[str, float]]]


async def first_paints(url: str, loads: int) -> tuple[Times, Times]:
    """Return by size when the script had come, the page and the chat's button were painted.

    Milliseconds from the start of each load: first of loads in a new process of the browser, one
    for each size, then of loads in one that has shown the page before, every file fetched anew.
    """
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            pages = [await _open_watched(browser, size) for size in SIZES]
            first: Times = {
                _name(size): [await _load(page, url)]
                for size, page in zip(SIZES, pages, strict=True)
            }
            found: Times = {_name(size): [] for size in SIZES}
            # Size by size in turn, so that a busy moment of the machine does not fall on one.
            for _ in range(loads):
                for page, times in zip(pages, found.values(), strict=True):
                    times.append(await _load(page, url))
        finally:
            await browser.close()
    return first, found


async def visit_bytes(url: str) -> dict[str, int]:
    """Return the bytes of each of the widget's files that a visit up to options loads."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            page = await _open(browser, SIZES[2])
            await page.goto(url)
            chat = Chat(page)
            await chat.launch()
            # The greeting, then one's own message and its answer each time.
            for count in range(3, 3 + 2 * OPTIONS_EVERY, 2):
                await chat.say("Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi.")
                await expect(chat.messages).to_have_count(count, timeout=PATIENCE_MILLISECONDS)
            await expect(chat.cards.first).to_be_visible()
            loaded: Sequence[tuple[str, int]] = await page.evaluate(LOADED)
        finally:
            await browser.close()
    return dict(loaded)


def _name(size: Size) -> str:
    return f"{size[0]}x{size[1]}"


async def _open_watched(browser: Browser, size: Size) -> Page:
    page = await _open(browser, size)
    await page.add_init_script(WATCH)
    network = await page.context.new_cdp_session(page)
    await network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


async def _load(page: Page, url: str) -> dict[str, float]:
    # A page that is not in front is not painted.
    await page.bring_to_front()
    await page.goto(url)
    await page.wait_for_function(DRAWN)
    times: dict[str, Any] = await page.evaluate(TIMES)
    return times


async def _open(browser: Browser, size: Size) -> Page:
    width, height, is_touched = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, has_touch=is_touched
    )
    return await context.new_page()
