"""The kiosk as a visitor meets it: what the browser tests do and read."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

SCREEN = {"width": 1080, "height": 1920}
PIN = "246813"


class Kiosk:
    """One kiosk's page, touched as a finger would."""

    def __init__(self, page: Page) -> None:
        """Find the parts in the page."""
        self.page = page
        self.field = page.locator("textarea")
        self.messages = page.locator(".message")
        self.cards = page.locator(".card")
        self.banner = page.locator(".banner")
        self.dialog = page.locator("dialog[open]")
        self.warning = page.locator("dialog[role=alertdialog]")
        self.keyboard = page.locator(".keyboard-box")
        self.visit = page.locator("main.visit")

    def button(self, name: str) -> Locator:
        """Return the button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    async def touch(self, name: str) -> None:
        """Touch the button of that name."""
        await self.button(name).tap()

    async def begin(self, *, people: str = "Olen yksin") -> None:
        """Begin in Finnish and wait for the greeting."""
        await self.touch("Aloita suomeksi")
        await self.touch(people)
        await expect(self.messages).to_have_count(1)

    async def choose(self, title: str) -> None:
        """Touch the open button of that title under the newest message."""
        await self.choice(title).tap()

    def choice(self, title: str) -> Locator:
        """Return the newest button under a message that has this title."""
        return self.page.locator(".choice", has_text=title).last

    async def type(self, keys: list[str]) -> None:
        """Touch keys of the keyboard on the screen, shown by a touch on the field."""
        if not await self.keyboard.is_visible():
            await self.field.tap()
        for key in keys:
            await self.page.locator(f'.hg-button[data-skbtn="{key}"]').tap()

    async def find_options(self) -> None:
        """Say a word and choose an answer, so that option cards are on the screen."""
        await self.field.fill("olen lähihoitaja")
        await self.field.press("Enter")
        await expect(self.messages).to_have_count(3)
        await self.choose("Iltaisin")
        await expect(self.cards).to_have_count(3)

    async def finish(self) -> None:
        """End the visit and wait for the first screen."""
        await self.touch("Lopeta")
        await self.touch("Lopeta ja tyhjennä")
        await self.expect_first_screen()

    async def expect_first_screen(self) -> None:
        """Wait for the screen that invites in three languages."""
        for name in ("Aloita suomeksi", "Börja på svenska", "Start in English"):
            await expect(self.button(name)).to_be_visible()

    async def traces(self) -> list[str]:
        """Return where the browser keeps anything that a page can keep."""
        kept: list[str] = await self.page.evaluate(
            """async () => [
                 ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
                 ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
                 ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
                 ...(await caches.keys()).map((name) => `cache ${name}`),
                 ...(await navigator.serviceWorker.getRegistrations()).map(() => "worker"),
                 document.cookie && `cookie ${document.cookie}`,
                 history.state && "history state",
                 globalThis.name && `window name ${globalThis.name}`,
               ].filter(Boolean)"""
        )
        return kept
