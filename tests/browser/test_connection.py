"""Reloads, drops, restarts and refusals: nothing lost, nothing doubled, everything said calmly."""

from __future__ import annotations

from typing import Any

from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.replies import bot

WISH = "Olen lähihoitaja Kauhajoelta"


async def test_reload_leaves_the_panel_as_it_was_and_the_focus_alone(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.page.reload()
    await expect(chat.panel).to_be_visible()
    await chat.expect_count(1)
    assert await chat.focused() == "body"

    await chat.page.keyboard.press("Tab")
    await chat.page.get_by_role("button", name="Sulje keskustelu").click()
    await chat.page.reload()

    await expect(chat.launcher).to_be_visible()
    await expect(chat.panel).to_be_hidden()


async def test_closed_socket_comes_back_without_a_word(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    conversation = await gateway.followed()

    await gateway.drop_sockets()
    await gateway.store(conversation, bot("Tämä tuli välissä."))

    await chat.expect_count(2)
    await expect(chat.banner).to_be_hidden()
    await gateway.followed()
    await chat.say(WISH)
    await chat.expect_count(4)


async def test_message_written_while_the_service_is_away_waits_and_goes(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await gateway.followed()
    await gateway.served.stop()
    await expect(chat.banner).to_be_visible()

    await chat.say(WISH)
    await chat.say("ja asun Kauhajoella")

    await expect(chat.page.locator(".person .status").first).to_have_text("Odottaa yhteyttä")
    await gateway.served.start()
    await chat.page.evaluate("() => dispatchEvent(new Event('online'))")
    await expect(chat.banner).to_be_hidden()
    await chat.expect_count(5)
    await expect(chat.page.locator(".person .status").first).to_be_empty()
    assert gateway.bot.heard == [WISH, "ja asun Kauhajoella"]


async def test_message_waits_also_over_a_reload(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await gateway.followed()
    gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await gateway.drop_sockets()
    await expect(chat.banner).to_be_visible()
    await chat.say(WISH)
    await chat.page.reload()
    await expect(chat.banner).to_be_visible()

    gateway.closed = set()

    await chat.expect_count(3)
    assert (await chat.texts())[1] == WISH
    assert gateway.bot.heard == [WISH]


async def test_without_sockets_the_chat_goes_on_over_plain_requests(
    open_chat: Any, gateway: Any
) -> None:
    gateway.closed = {"GET /api/chat"}
    chat = await open_chat()

    await chat.say(WISH)
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)

    coach = bot("Hei, täällä Maija.", speaker="coach")
    await gateway.store(await gateway.newest(), coach)
    await chat.expect_count(6)
    await expect(chat.banner).to_be_hidden()


async def test_expired_conversation_is_begun_anew_and_told(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    await gateway.lose()

    await chat.page.reload()

    await chat.expect_count(1)
    await expect(chat.page.locator(".line")).to_contain_text("oli päättynyt")
    assert await gateway.count() == 1


async def test_words_written_before_the_greeting_are_not_lost(open_chat: Any, gateway: Any) -> None:
    gateway.slow_seconds = 1
    chat = await open_chat(launched=False)
    await chat.launcher.click()

    await chat.say(WISH)

    await chat.expect_count(3)
    assert (await chat.texts())[1] == WISH
    assert gateway.bot.heard == [WISH]


async def test_words_that_waited_go_into_the_conversation_begun_anew(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await gateway.followed()
    gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await gateway.drop_sockets()
    await expect(chat.banner).to_be_visible()
    await chat.say(WISH)
    await gateway.lose()

    gateway.closed = set()

    await expect(chat.page.locator(".line")).to_contain_text("oli päättynyt")
    await chat.expect_count(3)
    assert gateway.bot.heard == [WISH]


async def test_unanswered_message_can_be_tried_again(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    gateway.bot.fail_next = True

    await chat.say(WISH)

    status = chat.page.locator(".person .status")
    await expect(status).to_contain_text("Opastin ei saanut vastattua.")
    await chat.expect_count(3)
    await status.get_by_role("button", name="Yritä uudelleen").click()
    await chat.expect_count(4)
    await expect(status).to_be_empty()
    assert gateway.bot.heard == [WISH, WISH]


async def test_unanswered_message_can_be_tried_again_without_sockets(
    open_chat: Any, gateway: Any
) -> None:
    gateway.closed = {"GET /api/chat"}
    chat = await open_chat()
    gateway.bot.fail_next = True

    await chat.say(WISH)

    status = chat.page.locator(".person .status")
    await expect(status).to_contain_text("Opastin ei saanut vastattua.")
    await status.get_by_role("button").click()
    await chat.expect_count(4)


async def test_refused_button_says_what_to_do(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    never_stored = bot("Vanha kysymys", buttons=[("Vanha vastaus", "/old")])
    await gateway.announce({"message": never_stored | {"id": 99, "language": "fi"}})

    await chat.choose("Vanha vastaus")

    await expect(chat.page.locator(".person .status")).to_contain_text("Voit kirjoittaa asiasi.")


async def test_service_that_cannot_begin_says_so_and_can_be_tried_again(
    open_chat: Any, gateway: Any
) -> None:
    gateway.closed = {"POST /api/conversations"}
    chat = await open_chat(launched=False)
    await chat.launcher.click()
    await expect(chat.ending).to_contain_text("ei juuri nyt vastaa")

    gateway.closed = set()
    await chat.ending.get_by_role("button", name="Yritä uudelleen").click()

    await chat.expect_count(1)
    await expect(chat.ending).to_be_hidden()


async def test_two_pages_of_one_person_show_the_same(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await gateway.followed()
    saved = await chat.page.evaluate("() => ({ ...sessionStorage })")
    second = await chat.page.context.new_page()
    await second.goto(gateway.url)
    await second.evaluate("(saved) => Object.assign(sessionStorage, saved)", saved)
    await second.reload()
    other = Chat(second)
    await other.expect_count(1)

    await chat.say(WISH)

    await other.expect_count(3)
    assert await other.texts() == await chat.texts()
