"""The states of the chat without scripts."""

from __future__ import annotations

from playwright.async_api import Page, expect

from pictures.lines import line
from pictures.stage import Stage
from tests.browser.replies import bot
from web.wording import load_strings


async def talk(stage: Stage) -> None:
    """A whole conversation by page loads."""
    words = _Words(stage.language)
    # The page has no scripts; whether the browser would run any makes no difference to it.
    page = await stage.open(f"chat?language={stage.language}")
    await stage.take(page, "beginning")
    await words.press(page, "begin")
    await _say(page, words, line("story", stage.language))
    await _say(page, words, line("options", stage.language))
    await expect(page.locator(".card").first).to_be_visible()
    await stage.take(page, "options")
    if not stage.wants("plan", "coach", "problem", "delete", "erased"):
        return
    await _say(page, words, line("plan", stage.language))
    await stage.take(page, "plan")
    joined = {"kind": "handoff", "state": "with_coach", "name": "Maija"}
    await stage.gateway.store(
        await stage.gateway.newest() or "",
        bot("", custom=joined, speaker="system"),
        bot("Hei, täällä Maija. Miten voin auttaa?", speaker="coach"),
    )
    await page.reload()
    await page.locator(".coach").evaluate("node => node.scrollIntoView({ block: 'end' })")
    await stage.take(page, "coach")
    await _say(page, words, "ä" * 2001)
    await stage.take(page, "problem")
    await words.press(page, "delete")
    await stage.take(page, "delete")
    await words.press(page, "delete_confirm")
    await stage.take(page, "erased")


class _Words:
    """Finds buttons and fields by the page's words."""

    def __init__(self, language: str) -> None:
        names = (f"widget.{language}", f"widget-more.{language}", f"plain.{language}")
        self._words = {key: text for name in names for key, text in load_strings(name).items()}

    def __getitem__(self, name: str) -> str:
        return str(self._words[name])

    async def press(self, page: Page, name: str) -> None:
        await page.get_by_role("button", name=self[name], exact=True).click()


async def _say(page: Page, words: _Words, text: str) -> None:
    await page.get_by_label(words["composer"]).fill(text)
    await words.press(page, "send")
