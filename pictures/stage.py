"""Opens pages in one look, and takes the pictures that are wanted in it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from pictures.gateway import NOW, PictureGateway
from pictures.lines import line
from pictures.looks import Look
from tests.browser.chat import Chat

# Letters stay clear, and a phone's screen takes some twenty kilobytes.
PICTURE = {"format": "webp", "quality": 40}
LONGEST = 6000
# No caret that blinks, and nothing that moves; also within the shadow of the chat.
STILL = """() => {
  const still = new CSSStyleSheet();
  const stop = "animation: none !important; transition: none !important";
  still.replaceSync(`*, *::before, *::after { caret-color: transparent !important; ${stop} }`);
  const quiet = (root) => {
    if (!root.isStill) root.adoptedStyleSheets = [...root.adoptedStyleSheets, still];
    root.isStill = true;
  };
  quiet(document);
  for (const node of document.querySelectorAll("*")) if (node.shadowRoot) quiet(node.shadowRoot);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  return document.fonts.ready.then(async () => {
    // What a finger has just left looks pressed for some frames more.
    for (let n = 0; n < 60 && document.querySelector("button:active"); n++) await frame();
    for (let n = 0; n < 2; n++) await frame();
  });
}"""


class Stage:
    """A browser that looks in one way at one gateway."""

    def __init__(
        self,
        browser: Browser,
        gateway: PictureGateway,
        look: Look,
        wanted: Mapping[str, Path],
    ) -> None:
        """Write each wanted state into the file that it has in `wanted`."""
        self.gateway = gateway
        self.look = look
        self._browser = browser
        self._wanted = wanted
        self._contexts: list[BrowserContext] = []
        self.taken: set[str] = set()

    @property
    def language(self) -> str:
        """Return the language that is spoken."""
        return self.look.language

    def wants(self, *states: str) -> bool:
        """Say whether a picture of any of these states is wanted."""
        return not self._wanted.keys().isdisjoint(states)

    async def open(self, path: str = "", *, cookies: Any = ()) -> Page:
        """Return a page of the gateway's, at the moment that stands still."""
        context = await self._browser.new_context(**self.look.context())
        self._contexts.append(context)
        await context.add_cookies(list(cookies))
        page = await context.new_page()
        await page.clock.set_fixed_time(NOW)
        await page.goto(self.gateway.url + path)
        return page

    async def open_viewer(self, file: Path, width: int, height: int) -> Page:
        """Return a file in the browser's own viewer, without its tools."""
        viewport = ViewportSize(width=width, height=height)
        context = await self._browser.new_context(viewport=viewport)
        self._contexts.append(context)
        page = await context.new_page()
        await page.goto(f"{file.as_uri()}#toolbar=0&navpanes=0&view=FitH")
        return page

    async def open_chat(self, *, launched: bool = True) -> Chat:
        """Return the demo page's chat in the look's language."""
        self.gateway.script_attributes = f'data-language="{self.language}"'
        chat = Chat(await self.open())
        await expect(chat.launcher).to_be_visible()
        if launched:
            await chat.launch()
        return chat

    async def ask(self, chat: Chat, name: str, *, replies: int = 1) -> None:
        """Say a line and wait for what the bot says to it."""
        before = await chat.messages.count()
        await chat.say(line(name, self.language))
        await expect(chat.messages).to_have_count(before + 1 + replies)
        await expect(chat.typing).to_be_hidden()

    async def take(self, page: Page, state: str, *, whole: bool = False) -> None:
        """Take a picture of the screen, or with `whole` of all the page, if it is wanted."""
        if state not in self._wanted:
            return
        # Nothing is under a mouse that nobody moves.
        await page.mouse.move(0, 0)
        await page.evaluate(STILL)
        size = {"width": self.look.width, "height": self.look.height}
        if whole:
            height = await page.evaluate("document.documentElement.scrollHeight")
            size["height"] = min(LONGEST, max(height, self.look.height))
        top = 0 if whole else await page.evaluate("scrollY")
        clip = {"x": 0, "y": top, **size, "scale": self.look.scale}
        # Beyond the viewport the page is laid out anew, which would move what is fixed in it.
        await self.keep(page, state, {"clip": clip, "captureBeyondViewport": whole})

    async def keep(self, page: Page, state: str, what: Mapping[str, Any] | None = None) -> None:
        """Write what the browser shows of a page, or of it as `what` tells."""
        inspector = await page.context.new_cdp_session(page)
        answer = await inspector.send("Page.captureScreenshot", PICTURE | dict(what or {}))
        self._wanted[state].write_bytes(base64.b64decode(answer["data"]))
        self.taken.add(state)

    async def close(self) -> None:
        """Close the pages."""
        for context in self._contexts:
            await context.close()
        self._contexts.clear()
