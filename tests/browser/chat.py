"""The chat as a person meets it: what the browser tests do and read."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, expect

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


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

    async def expect_count(self, count: int) -> None:
        """Wait until there are so many messages."""
        await expect(self.messages).to_have_count(count)

    async def texts(self) -> list[str]:
        """Return the text of every message, in the order of the screen."""
        return await self.page.locator(".message .text").all_inner_texts()

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
    results = await Axe().run(page, options=RULES)
    return [
        f"{violation['id']} ({violation['impact']}): "
        + " | ".join(str(node["target"]) + " " + node["html"][:160] for node in violation["nodes"])
        for violation in results.response["violations"]
    ]
