"""Deleting, beginning anew, and what the browser and the addresses hold."""

from __future__ import annotations

from typing import Any

from playwright.async_api import expect

from tests.browser.replies import bot


async def test_chat_is_deleted_after_one_confirmation(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)

    await chat.act("Poista keskusteluni")
    await expect(chat.question.get_by_role("button", name="Peruuta")).to_be_focused()
    assert await gateway.count() == 1
    await chat.question.get_by_role("button", name="Poista keskustelu").click()

    await expect(chat.ending).to_contain_text("Keskustelusi on poistettu.")
    assert await gateway.count() == 0
    assert (await chat.remembered())["token"] is None
    await chat.expect_count(0)
    await expect(chat.ending.get_by_role("button")).to_be_focused()


async def test_deleting_can_be_cancelled(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()

    await chat.act("Poista keskusteluni")
    await chat.page.keyboard.press("Escape")

    await expect(chat.question).to_be_hidden()
    await expect(chat.panel).to_be_visible()
    await expect(chat.page.locator(".round.menu")).to_be_focused()
    assert await gateway.count() == 1


async def test_failed_deletion_is_told_and_nothing_is_hidden(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    gateway.closed = {"DELETE /api/conversations/{conversation}"}

    await chat.act("Poista keskusteluni")
    await chat.question.get_by_role("button", name="Poista keskustelu").click()

    await expect(chat.question).to_contain_text("Poistaminen ei onnistunut.")
    await chat.question.get_by_role("button", name="Peruuta").click()
    await chat.expect_count(1)


async def test_new_chat_after_deletion(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.act("Poista keskusteluni")
    await chat.question.get_by_role("button", name="Poista keskustelu").click()

    await chat.ending.get_by_role("button", name="Aloita uusi keskustelu").click()

    await chat.expect_count(1)
    await expect(chat.field).to_be_focused()


async def test_erasure_confirmed_in_the_chat_ends_it(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()

    await gateway.say(bot("Poistin kaiken.", custom={"kind": "erased"}))

    await expect(chat.ending).to_contain_text("Keskustelusi on poistettu.")
    assert (await chat.remembered())["token"] is None


async def test_new_conversation_asks_first_when_something_was_said(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)

    await chat.act("Aloita uusi keskustelu")
    await chat.question.get_by_role("button", name="Aloita uusi").click()

    await chat.expect_count(1)
    assert await gateway.count() == 2


async def test_token_is_in_no_address_and_gone_with_the_tab(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.page.reload()
    await chat.expect_count(3)

    token = (await chat.remembered())["token"]

    assert token
    assert [path for path in gateway.requests if token in path] == []
    assert await chat.page.evaluate("() => localStorage.length") == 0
    assert await chat.page.evaluate("() => document.cookie") == ""


async def test_page_may_ask_to_remember(open_chat: Any, gateway: Any) -> None:
    gateway.script_attributes = 'data-language="fi" data-remember="true"'

    chat = await open_chat()

    assert await chat.page.evaluate("() => localStorage.length") == 1
    assert await chat.page.evaluate("() => sessionStorage.length") == 0
