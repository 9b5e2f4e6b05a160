"""The page is loaded again in every state: nothing lost, nothing doubled, and the talk goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.rare_replies import comparison, plan
from tests.browser.replies import bot, today_in_finland

WISH = "olen lähihoitaja"
Reach = Callable[[Chat, Any], Awaitable[None]]


async def _greeted(chat: Chat, gateway: Any) -> None:
    await chat.expect_count(1)


async def _closed(chat: Chat, gateway: Any) -> None:
    await _talked(chat, gateway)
    await chat.page.keyboard.press("Escape")
    await gateway.say(bot("Tämä tuli, kun ikkuna oli kiinni."))
    await chat.expect_count(4)


async def _talked(chat: Chat, gateway: Any) -> None:
    await chat.say(WISH)
    await chat.expect_count(3)


async def _waiting_for_the_answer(chat: Chat, gateway: Any) -> None:
    gateway.bot.hold()
    await chat.say(WISH)
    await expect(chat.typing).to_be_visible()


async def _with_cards(chat: Chat, gateway: Any) -> None:
    await _talked(chat, gateway)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)


async def _with_rare_parts(chat: Chat, gateway: Any) -> None:
    for line in (plan(today_in_finland()), comparison(today_in_finland())):
        await gateway.say(line)
    await expect(chat.page.get_by_role("table")).to_be_visible()


async def _with_a_coach(chat: Chat, gateway: Any) -> None:
    handoff = {"kind": "handoff", "state": "with_coach", "name": "Maija"}
    await gateway.say(bot("", custom=handoff, speaker="system"))
    await gateway.say(bot("Hei.", speaker="coach"))
    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja Maija")


async def _refused(chat: Chat, gateway: Any) -> None:
    gateway.bot.fail_next = True
    await chat.say("tämä jää vastaamatta")
    await expect(chat.page.locator(".again")).to_be_visible()


async def _cut_off(chat: Chat, gateway: Any) -> None:
    await gateway.followed()
    gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await gateway.drop_sockets()
    await expect(chat.banner).to_be_visible()
    await chat.say("tämä odottaa")
    await expect(chat.page.locator(".person .status")).to_have_text("Odottaa yhteyttä")


async def _in_the_menu(chat: Chat, gateway: Any) -> None:
    await _talked(chat, gateway)
    await chat.page.locator(".round.menu").click()
    await expect(chat.page.locator(".items")).to_be_visible()


async def _asked_to_confirm(chat: Chat, gateway: Any) -> None:
    await _talked(chat, gateway)
    await chat.act("Poista keskusteluni")
    await expect(chat.question).to_be_visible()


async def _writing_too_much(chat: Chat, gateway: Any) -> None:
    await chat.say("ä" * 2001)
    await expect(chat.page.locator(".composer .problem")).not_to_be_empty()


async def _large_and_aloud(chat: Chat, gateway: Any) -> None:
    await _talked(chat, gateway)
    await chat.page.locator(".round.expand").click()
    await chat.page.locator(".round.menu").click()
    await chat.page.get_by_label("Lue vastaukset ääneen").check()
    await chat.page.get_by_label("Suurin").check()
    await chat.page.keyboard.press("Escape")


async def _erased(chat: Chat, gateway: Any) -> None:
    await _asked_to_confirm(chat, gateway)
    await chat.question.get_by_role("button", name="Poista keskustelu").click()
    await expect(chat.ending).to_contain_text("Keskustelusi on poistettu.")


async def _not_begun(chat: Chat, gateway: Any) -> None:
    await _erased(chat, gateway)
    gateway.closed = {"POST /api/conversations"}
    await chat.ending.get_by_role("button").click()
    await expect(chat.ending).to_contain_text("ei juuri nyt vastaa")


STATES: dict[str, Reach] = {
    reach.__name__.strip("_"): reach
    for reach in (
        _greeted,
        _closed,
        _waiting_for_the_answer,
        _with_cards,
        _with_rare_parts,
        _with_a_coach,
        _refused,
        _cut_off,
        _in_the_menu,
        _asked_to_confirm,
        _writing_too_much,
        _large_and_aloud,
        _erased,
        _not_begun,
    )
}


@pytest.mark.parametrize("state", STATES)
async def test_reload_loses_and_doubles_nothing(open_chat: Any, gateway: Any, state: str) -> None:
    chat: Chat = await open_chat()
    await STATES[state](chat, gateway)
    before = await chat.texts()
    was_closed = await chat.launcher.is_visible()
    heard = list(gateway.bot.heard)

    await chat.page.reload()

    await expect(chat.launcher if was_closed else chat.panel).to_be_visible()
    gateway.closed = set()
    gateway.bot.release()
    if was_closed:
        await chat.launcher.click()
    if not before:
        await expect(chat.ending.get_by_role("button").or_(chat.messages.first)).to_be_visible()
        if await chat.ending.is_visible():
            await chat.ending.get_by_role("button").click()
    await expect(chat.messages).not_to_have_count(0)
    await expect(chat.banner).to_be_hidden()
    await expect(chat.typing).to_be_hidden()
    await chat.say("jatketaan")
    await expect(chat.messages.last).not_to_have_class("message person")
    await expect(chat.page.locator(".person", has_text="jatketaan")).to_have_count(1)

    if state == "with_cards":
        await expect(chat.choice("Iltaisin")).to_have_class("choice chosen")
        await expect(chat.cards).to_have_count(4)
    shown = await chat.texts()
    assert shown[: len(before)] == before
    numbers = [one for one in gateway.bot.heard if one in heard]
    assert numbers == heard or state == "waiting_for_the_answer"
    kept = await gateway.texts()
    assert shown == kept


async def test_reason_of_a_refusal_is_there_after_a_reload(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await _refused(chat, gateway)

    await chat.page.reload()

    status = chat.page.locator(".person .status")
    await expect(status).to_contain_text("Opastin ei saanut vastattua.")
    await status.get_by_role("button", name="Yritä uudelleen").click()
    await chat.expect_count(4)
    await expect(status).to_be_empty()
    await expect(chat.transcript).to_be_focused()
