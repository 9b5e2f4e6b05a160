"""The chat without a mouse, and the focus where a person expects it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat


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
    chat = await open_chat()
    gateway.bot.hold()
    await chat.say("hei")
    await chat.page.get_by_role("link", name="Aloita keskustelu").focus()
    gateway.bot.release()

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


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_whole_journey_by_keyboard_alone(open_chat: Any, gateway: Any, width: int) -> None:
    chat = await open_chat(launched=False, viewport={"width": width, "height": 740})
    press, write = chat.page.keyboard.press, chat.page.keyboard.type
    await expect(chat.launcher).to_be_visible()
    await chat.tab_to(chat.launcher)
    await press("Enter")
    await chat.expect_count(1)

    await chat.tab_to(chat.field)
    await write("olen lähihoitaja")
    await press("Enter")
    await chat.expect_count(3)
    await chat.tab_to(chat.choice("Iltaisin"), by="Shift+Tab")
    await press("Space")
    await expect(chat.cards).to_have_count(3)
    await chat.tab_to(chat.cards.last.get_by_role("button"))
    await press("Enter")
    await chat.expect_count(7)

    await _choose_in_menu(chat, "Arvioi keskustelu")
    await chat.expect_count(8)
    await chat.tab_to(chat.choice("Erittäin hyvin"))
    await press("Enter")
    await expect(chat.messages.last).to_contain_text("Kiitos arviosta.")

    await chat.tab_to(chat.page.get_by_label("Kieli", exact=True), by="Shift+Tab")
    await press("ArrowDown")
    await expect(chat.page.get_by_label("Skriv ett meddelande")).to_be_visible()
    await _choose_in_menu(chat, "Radera mitt samtal")
    await expect(chat.question).to_be_visible()
    await chat.tab_to(chat.question.get_by_role("button", name="Radera samtalet"))
    await press("Enter")
    await expect(chat.ending.get_by_role("button")).to_be_focused()
    await press("Enter")
    await expect(chat.field).to_be_focused()
    await press("Escape")
    await expect(chat.launcher).to_be_focused()
    assert await gateway.count() == 1


async def test_reload_on_a_phone_gives_the_focus_to_the_chat_and_no_field(open_chat: Any) -> None:
    chat = await open_chat(viewport={"width": 360, "height": 640})
    await chat.page.reload()
    await chat.expect_count(1)

    assert await chat.focused() == "dialog.panel"


async def test_keys_of_the_page_are_not_pressed_by_writing(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.page.evaluate(
        """() => {
             globalThis.pressed = [];
             for (const type of ["keydown", "keypress", "keyup"])
               addEventListener(type, ({ key }) => pressed.push(key));
           }"""
    )

    await chat.field.press_sequentially("s/")

    assert await chat.page.evaluate("pressed") == []
    await chat.page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()


async def _choose_in_menu(chat: Chat, name: str) -> None:
    await chat.tab_to(chat.page.locator(".round.menu"), by="Shift+Tab")
    await chat.page.keyboard.press("Enter")
    item = chat.page.locator(".items button", has_text=name)
    await expect(item).to_be_visible()
    await chat.tab_to(item)
    await chat.page.keyboard.press("Enter")
