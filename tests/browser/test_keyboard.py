"""The chat without a mouse, and the focus where a person expects it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect


async def test_launcher_opens_with_enter_and_the_focus_goes_to_the_field(open_chat: Any) -> None:
    chat = await open_chat(launched=False)

    await chat.launcher.focus()
    await chat.page.keyboard.press("Enter")

    await expect(chat.field).to_be_focused()


async def test_escape_closes_and_gives_the_focus_back(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.page.keyboard.press("Escape")

    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()


async def test_escape_closes_the_menu_before_the_chat(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.page.locator(".round.menu").click()

    await chat.page.keyboard.press("Escape")

    await expect(chat.page.locator(".items")).to_be_hidden()
    await expect(chat.panel).to_be_visible()
    await chat.page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()


async def test_escape_works_on_a_small_screen_too(open_chat: Any) -> None:
    chat = await open_chat(viewport={"width": 360, "height": 640})

    for _ in range(2):
        await chat.page.keyboard.press("Escape")
        await expect(chat.panel).to_be_hidden()
        await expect(chat.launcher).to_be_focused()
        await chat.page.keyboard.press("Enter")
        await expect(chat.panel).to_be_visible()


async def test_enter_sends_and_shift_enter_begins_a_new_line(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.field.focus()

    await chat.page.keyboard.type("eka")
    await chat.page.keyboard.press("Shift+Enter")
    await chat.page.keyboard.type("toka")
    await chat.page.keyboard.press("Enter")

    await chat.expect_count(3)
    assert gateway.bot.heard == ["eka\ntoka"]
    await expect(chat.field).to_have_value("")
    await expect(chat.field).to_be_focused()


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
async def test_nothing_is_not_sent(open_chat: Any, gateway: Any, text: str) -> None:
    chat = await open_chat()

    await chat.say(text)

    await chat.expect_count(1)
    assert gateway.bot.heard == []


async def test_too_long_a_message_stays_and_says_how_long_it_is(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()

    await chat.say("ä" * 2001)

    problem = chat.page.locator(".composer .problem")
    await expect(problem).to_contain_text("2\u00a0001 merkkiä")
    await expect(chat.field).to_have_attribute("aria-invalid", "true")
    assert gateway.bot.heard == []
    await chat.say("🙂" * 2000)
    await chat.expect_count(3)
    await expect(problem).to_be_empty()


async def test_answer_steals_no_focus(open_chat: Any, gateway: Any) -> None:
    gateway.bot.delay_seconds = 0.3
    chat = await open_chat()
    await chat.say("hei")
    await chat.page.get_by_role("link", name="Aloita keskustelu").focus()

    await chat.expect_count(3)

    assert await chat.focused() == "a.start"


async def test_chosen_button_keeps_the_focus_until_it_is_left(open_chat: Any) -> None:
    chat = await open_chat()
    button = chat.choice("En tiedä vielä")
    await button.focus()

    await chat.page.keyboard.press("Enter")
    await chat.expect_count(3)

    await expect(button).to_be_focused()
    await chat.page.keyboard.press("Enter")
    await chat.page.keyboard.press("Tab")
    await expect(chat.choice("Iltaisin")).to_be_focused()
    await expect(button).to_be_disabled()
    await chat.expect_count(3)


async def test_link_of_the_page_opens_the_chat_and_gets_the_focus_back(open_chat: Any) -> None:
    chat = await open_chat(launched=False)
    await expect(chat.launcher).to_be_visible()
    link = chat.page.get_by_role("link", name="Aloita keskustelu")

    await link.press("Enter")
    await expect(chat.field).to_be_focused()
    await chat.page.keyboard.press("Escape")

    await expect(link).to_be_focused()


async def test_everything_in_the_panel_is_reached_by_tab(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.page.get_by_label("Kieli").focus()

    reached = []
    for _ in range(9):
        reached.append(await chat.focused())
        await chat.page.keyboard.press("Tab")

    assert reached == [
        "select",
        "button.round menu",
        "button.round expand",
        "button.round close",
        "div.transcript",
        "button.choice",
        "button.choice",
        "button.choice",
        "textarea",
    ]
