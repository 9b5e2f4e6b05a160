"""Three languages: chosen, followed and remembered."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.replies import GREETINGS


@pytest.mark.parametrize(
    ("language", "label"), [("sv", "Skriv ett meddelande"), ("en", "Write a message")]
)
async def test_page_chooses_the_language(
    open_chat: Any, gateway: Any, language: str, label: str
) -> None:
    gateway.script_attributes = f'data-language="{language}"'

    chat = await open_chat()

    assert await chat.texts() == [GREETINGS[language]]
    await expect(chat.page.get_by_label(label)).to_be_visible()
    await expect(chat.page.locator(".frame")).to_have_attribute("lang", language)


async def test_person_changes_the_language_in_mid_chat(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("hei")
    await chat.expect_count(3)

    await chat.page.get_by_label("Kieli").select_option("sv")

    await expect(chat.page.get_by_label("Skriv ett meddelande")).to_be_visible()
    assert await gateway.language() == "sv"
    await expect(chat.messages.first.locator(".body")).to_have_attribute("lang", "fi")
    await chat.page.reload()
    await expect(chat.page.get_by_label("Skriv ett meddelande")).to_be_visible()


async def test_greeting_is_said_again_in_the_language_chosen_first(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.page.get_by_label("Kieli").select_option("sv")

    await expect(chat.page.get_by_label("Skriv ett meddelande")).to_be_visible()
    await expect(chat.messages.first).to_contain_text(GREETINGS["sv"])
    await chat.expect_count(1)


async def test_screen_follows_the_bot_to_another_language(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    gateway.bot.language = "en"

    await chat.say("in English, please")

    await expect(chat.page.get_by_label("Write a message")).to_be_visible()
    await expect(chat.page.get_by_label("Language")).to_have_value("en")


async def test_failed_change_is_told_and_taken_back(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("hei")
    await chat.expect_count(3)
    gateway.closed = {"PATCH /api/conversations/{conversation}"}

    await chat.page.get_by_label("Kieli").select_option("en")

    await expect(chat.page.locator(".line")).to_contain_text("Kielen vaihto ei onnistunut")
    await expect(chat.page.get_by_label("Kieli")).to_have_value("fi")


async def test_cards_keep_the_language_of_their_texts(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)

    await chat.page.get_by_label("Kieli").select_option("en")
    await expect(chat.page.get_by_label("Write a message")).to_be_visible()
    await chat.page.reload()

    await expect(chat.page.get_by_label("Write a message")).to_be_visible()
    await expect(chat.cards.first).to_contain_text("päivää jäljellä")
