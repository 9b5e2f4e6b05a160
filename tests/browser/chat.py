"""The chat as a person meets it: what the browser tests do and read."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

AXE = Axe()
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
# Texts of the chat with too little contrast. Axe leaves those out that something may lie over,
# and in a panel that stands above the page that is most of what is said.
FAINT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if ((numbers(backgroundColor)[3] ?? 1) === 1) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const says = (node) =>
    [...node.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  const root = document.querySelector("opastin-chat")?.shadowRoot;
  return [...(root?.querySelectorAll(".frame *") ?? [])]
    .filter((node) => says(node) && node.checkVisibility())
    .filter((node) => !node.closest(".for-readers, :disabled, [aria-disabled=true]"))
    .map((node) => {
      const { color, fontSize } = getComputedStyle(node);
      const [more, less] = [light(color), light(behind(node))].sort((a, b) => b - a);
      const [ratio, least] = [(more + 0.05) / (less + 0.05), parseFloat(fontSize) >= 24 ? 3 : 4.5];
      return ratio < least && `color-contrast ${ratio.toFixed(2)}: ${node.outerHTML.slice(0, 160)}`;
    })
    .filter(Boolean);
}"""


class Chat:
    """One chat in one page."""

    def __init__(self, page: Page) -> None:
        """Find the parts in the page; Playwright looks into open shadow roots."""
        self.page = page
        self.launcher = page.locator(".launcher")
        self.panel = page.locator("dialog.panel")
        self.field = page.locator("textarea")
        self.transcript = page.locator(".transcript")
        self.messages = page.locator(".message")
        self.cards = page.locator(".card")
        self.typing = page.locator(".typing")
        self.banner = page.locator(".banner")
        self.ending = page.locator(".ending")
        self.question = page.locator("dialog.question")
        self.news = page.locator(".panel > .for-readers[role=log]")

    async def launch(self) -> None:
        """Open the chat by its launcher and wait for the greeting."""
        await self.launcher.click()
        await expect(self.messages.first).to_be_visible()

    async def say(self, text: str) -> None:
        """Write a message and send it with Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def choose(self, title: str) -> None:
        """Press the open button of that title under the newest message that has it."""
        await self.choice(title).last.click()

    def choice(self, title: str) -> Locator:
        """Return the buttons under messages that have this title."""
        return self.page.locator(".choice", has_text=title)

    async def act(self, name: str) -> None:
        """Choose an item of the menu."""
        await self.page.locator(".round.menu").click()
        await self.page.locator(".items button", has_text=name).click()

    async def tab_to(self, target: Locator, *, by: str = "Tab") -> None:
        """Press a key until the target has the focus."""
        for _ in range(60):
            if await target.evaluate("node => node.getRootNode().activeElement === node"):
                return
            await self.page.keyboard.press(by)
        raise AssertionError(f"{target} cannot be reached by {by}")

    async def expect_count(self, count: int) -> None:
        """Wait until there are so many messages."""
        await expect(self.messages).to_have_count(count)

    async def texts(self) -> list[str]:
        """Return the text of every message, in the order of the screen."""
        texts: list[str] = await self.page.locator(".body > .text").evaluate_all(
            """(nodes) => nodes.map((node) => {
                 const copy = node.cloneNode(true);
                 for (const hidden of copy.querySelectorAll(".for-readers")) hidden.remove();
                 return copy.textContent;
               })"""
        )
        return texts

    async def focused(self) -> str:
        """Return what has the focus, as tag and class."""
        described: str = await self.page.evaluate(
            """() => {
                 let node = document.activeElement;
                 while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                 return [node?.localName, node?.className].filter(Boolean).join(".");
               }"""
        )
        return described

    async def remembered(self) -> dict[str, Any]:
        """Return what the browser remembers of the chat."""
        saved: dict[str, Any] = await self.page.evaluate(
            "() => JSON.parse(Object.values(sessionStorage)[0] ?? '{}')"
        )
        return saved


async def find_violations(page: Page) -> list[str]:
    """Return what axe has to say against the page, the chat included."""
    # Its 500 kB go into each page once, and only what is wrong comes back.
    if not await page.evaluate("() => 'axe' in globalThis"):
        await page.evaluate(AXE.axe_script)
    found: list[str] = await page.evaluate(
        """async (options) => (await axe.run(options)).violations.map(
             ({ id, impact, nodes }) => `${id} (${impact}): ` + nodes.map(
               ({ target, html }) => `${JSON.stringify(target)} ${html.slice(0, 160)}`,
             ).join(" | "))""",
        RULES,
    )
    faint: list[str] = await page.evaluate(FAINT)
    return found + faint
