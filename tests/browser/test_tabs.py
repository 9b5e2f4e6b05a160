"""One chat in many tabs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.replies import bot
from web.chat_socket import MAX_SOCKETS

WISH = "Olen lähihoitaja Kauhajoelta"
TABS = 10


@pytest_asyncio.fixture(loop_scope="session")
async def tabs(open_chat: Any, gateway: Any) -> Any:
    """Return a function that opens the chat in so many tabs that remember it together."""

    async def open_them(count: int) -> list[Chat]:
        gateway.script_attributes = 'data-language="fi" data-remember="true"'
        first = await open_chat()
        pages = [await first.page.context.new_page() for _ in range(count - 1)]
        await asyncio.gather(*(page.goto(gateway.url) for page in pages))
        chats = [first, *map(Chat, pages)]
        for chat in chats:
            await chat.expect_count(1)
        return chats

    return open_them


async def test_ten_tabs_show_the_same_whichever_is_written_in(tabs: Any, gateway: Any) -> None:
    chats = await tabs(TABS)

    for turn, number in enumerate((0, TABS - 1, 4), start=1):
        await chats[number].say(f"viesti {number}")
        for chat in chats:
            await chat.expect_count(1 + 2 * turn)

    shown = [await chat.texts() for chat in chats]
    assert shown == [shown[0]] * TABS
    assert gateway.bot.heard == ["viesti 0", f"viesti {TABS - 1}", "viesti 4"]
    assert await gateway.count() == 1


async def test_tab_for_which_there_is_no_socket_talks_by_plain_requests(
    tabs: Any, gateway: Any
) -> None:
    chats = await tabs(MAX_SOCKETS + 1)

    for chat in chats:
        await chat.say("hei")
        await expect(chat.page.locator(".person")).not_to_have_count(0)

    for chat in chats:
        await chat.expect_count(1 + 2 * len(chats))
    assert len(gateway.bot.heard) == len(chats)


async def test_chat_deleted_in_one_tab_is_gone_from_all(tabs: Any, gateway: Any) -> None:
    chats = await tabs(3)
    await chats[0].say(WISH)
    for chat in chats:
        await chat.expect_count(3)

    await chats[0].act("Poista keskusteluni")
    await chats[0].question.get_by_role("button", name="Poista keskustelu").click()

    for chat in chats:
        await expect(chat.ending).to_contain_text("Keskustelusi on poistettu.")
        await chat.expect_count(0)
    assert await gateway.count() == 0


async def test_chat_begun_anew_in_one_tab_is_not_lost_by_another(tabs: Any, gateway: Any) -> None:
    first, second = await tabs(2)
    await first.say(WISH)
    await second.expect_count(3)
    await first.act("Aloita uusi keskustelu")
    await first.question.get_by_role("button", name="Aloita uusi").click()
    await first.expect_count(1)

    await second.page.get_by_role("button", name="Sulje keskustelu").click()
    await second.launcher.click()
    await first.page.reload()

    await first.expect_count(1)
    await second.expect_count(3)
    await second.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    await second.expect_count(1)
    await second.say(WISH)
    await first.expect_count(3)
    assert await gateway.count() == 2


async def test_words_that_wait_in_one_tab_outlast_another(tabs: Any, gateway: Any) -> None:
    first, second = await tabs(2)
    for chat in (first, second):
        await chat.page.route("**/api/**", lambda route: route.abort())
    await gateway.drop_sockets()
    gateway.closed = {"GET /api/chat"}
    for chat in (first, second):
        await expect(chat.banner).to_be_visible()
    await first.say("sanottu ensimmäisessä")
    await second.say("sanottu toisessa")
    await first.page.close()
    gateway.closed = set()

    await second.page.unroute("**/api/**")
    await second.page.reload()

    await second.expect_count(5)
    assert sorted(gateway.bot.heard) == ["sanottu ensimmäisessä", "sanottu toisessa"]


async def test_chat_that_has_ended_is_begun_anew_only_where_it_is_wanted(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    title = await chat.page.title()
    await chat.page.keyboard.press("Escape")
    await gateway.lose()

    async with chat.page.expect_response("**/api/messages*") as answer:
        await chat.page.reload()
    assert (await answer.value).status in (401, 404, 410)

    await expect(chat.launcher).to_be_visible()
    await chat.launcher.click()
    await chat.expect_count(1)
    await expect(chat.page.locator(".line")).to_contain_text("oli päättynyt")
    await expect(chat.page).to_have_title(title)
    assert gateway.requests.count("/api/conversations") == 2


async def test_page_that_comes_back_from_the_history_shows_what_there_is_now(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    conversation = await gateway.followed()

    await chat.page.goto(f"{gateway.url}healthz")
    await gateway.store(conversation, bot("Tämä tuli välissä."))
    await chat.page.go_back()

    await chat.expect_count(4)
    await chat.say("ja vielä")
    await chat.expect_count(6)
