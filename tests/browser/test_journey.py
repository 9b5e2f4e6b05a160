"""One adult's way through the whole real service: from a sentence to fitting studies."""

from __future__ import annotations

from functools import partial
from typing import Any

from playwright.async_api import expect

from tests.browser.chat import Chat, find_violations

WISH = "Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi työn ohessa"
MAX_QUESTIONS = 8


async def test_practical_nurse_finds_studies_to_become_a_social_worker(
    service: Any, new_page: Any
) -> None:
    chat = Chat(await new_page(f"{service.url}/"))
    await chat.launch()
    assert "Opastin" in (await chat.texts())[0]

    await _answer(chat, partial(chat.say, WISH))
    await _answer_what_is_asked(chat)

    assert 3 <= await chat.cards.count() <= 5
    first = chat.cards.first
    for part in (".kind", "h3", ".provider", ".facts dd", ".deadline", ".reasons li"):
        await expect(first.locator(part).first).not_to_be_empty()
    await expect(chat.page.locator(".sample-note").last).to_be_visible()
    assert await find_violations(chat.page) == []

    await _answer(chat, first.locator(".action").first.click)
    title = await first.locator("h3").inner_text()
    await expect(chat.messages.last).to_contain_text(title)

    before = await chat.texts()
    await chat.page.reload()
    await chat.expect_count(len(before))
    assert await chat.texts() == before
    assert await find_violations(chat.page) == []


async def _answer_what_is_asked(chat: Chat) -> None:
    for _ in range(MAX_QUESTIONS):
        if await chat.cards.count():
            return
        choices = chat.page.locator(".choice:enabled")
        if await choices.count():
            await _answer(chat, choices.first.click)
        else:
            await _answer(chat, partial(chat.say, "ei väliä"))
    raise AssertionError(f"No options came: {await chat.texts()}")


async def _answer(chat: Chat, act: Any) -> None:
    """Do what the person does and wait for at least one reply."""
    count = await chat.messages.count()
    await act()
    await expect(chat.messages.nth(count + 1)).to_be_visible()
    await expect(chat.typing).to_be_hidden()
