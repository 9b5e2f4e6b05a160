"""What goes wrong on the line without anybody being told."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.replies import bot
from tests.browser.wire import Wire
from web.keys import HUB

WISH = "Olen lähihoitaja Kauhajoelta"
LATER = 10 * 60 * 1000
SILENCE = 21_000
OPENING = 9_000


@pytest.fixture
def on_wire(open_chat: Any, gateway: Any) -> Any:
    """Return a function that opens the chat over a wire, with a clock that can be put forward."""

    async def open_it() -> tuple[Chat, Wire]:
        chat: Chat = await open_chat(launched=False)
        wire = Wire()
        await wire.tap(chat.page)
        await chat.page.clock.install()
        await chat.page.reload()
        await chat.launch()
        await gateway.followed()
        return chat, wire

    return open_it


async def test_what_came_while_the_device_slept_is_there_when_it_wakes(
    on_wire: Any, gateway: Any
) -> None:
    chat, wire = await on_wire()
    wire.silence()
    await gateway.say(bot("Tämä tuli, kun kansi oli kiinni."))
    await expect(chat.messages).to_have_count(1)

    await chat.page.clock.fast_forward(LATER)

    await chat.expect_count(2)
    assert wire.opened == 2


async def test_what_came_while_the_page_was_out_of_sight_is_there_when_it_is_seen(
    on_wire: Any, gateway: Any
) -> None:
    chat, wire = await on_wire()
    wire.silence()
    await gateway.say(bot("Tämä tuli toisen välilehden aikana."))
    await chat.page.evaluate(
        """() => {
             const now = Date.now();
             Date.now = () => now + 60000;
             document.dispatchEvent(new Event("visibilitychange"));
           }"""
    )

    await chat.expect_count(2)


async def test_socket_that_has_just_spoken_is_kept(on_wire: Any, gateway: Any) -> None:
    chat, wire = await on_wire()

    await chat.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    await chat.say(WISH)

    await chat.expect_count(3)
    assert wire.opened == 1


async def test_message_lost_in_a_dead_socket_goes_over_the_next_one(
    on_wire: Any, gateway: Any
) -> None:
    chat, wire = await on_wire()
    wire.silence()
    await chat.say(WISH)
    await chat.say("ja toinen asia")
    await chat.expect_count(3)

    await chat.page.clock.fast_forward(SILENCE)

    await chat.expect_count(5)
    assert gateway.bot.heard == [WISH, "ja toinen asia"]


async def test_network_that_swallows_sockets_leaves_plain_requests(
    open_chat: Any, gateway: Any
) -> None:
    gateway.stuck = {"GET /api/chat"}
    chat = await open_chat(launched=False)
    await chat.page.clock.install()
    await chat.page.reload()
    await chat.launch()
    await chat.say(WISH)
    await chat.expect_count(2)

    await chat.page.clock.fast_forward(OPENING)

    await chat.expect_count(3)
    await expect(chat.banner).to_be_hidden()


async def test_request_that_is_lost_is_made_again(open_chat: Any, gateway: Any) -> None:
    gateway.closed = {"GET /api/chat"}
    chat = await open_chat()
    await chat.say("eka")
    await chat.expect_count(3)
    await chat.page.route("**/api/messages", lambda route: route.abort(), times=1)

    await chat.say(WISH)

    await chat.expect_count(5)
    assert gateway.bot.heard == ["eka", WISH]


async def test_what_is_said_between_a_request_and_its_answer_is_not_lost(
    open_chat: Any, gateway: Any
) -> None:
    gateway.closed = {"GET /api/chat"}
    chat = await open_chat()
    await gateway.store(await gateway.newest(), bot("Tämä tuli juuri ennen.", speaker="coach"))

    await chat.say(WISH)

    await chat.expect_count(4)
    shown = await chat.texts()
    assert shown == await gateway.texts()
    await chat.page.reload()
    await chat.expect_count(4)
    assert await chat.texts() == shown


async def test_clock_that_is_put_back_does_not_keep_the_sockets_away(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await gateway.followed()
    await chat.page.evaluate("() => { const now = Date.now(); Date.now = () => now - 864e5; }")

    await gateway.drop_sockets()
    await chat.say(WISH)

    await chat.expect_count(3)
    await gateway.followed()


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_network_that_is_cut_is_told_and_comes_back(
    open_chat: Any, gateway: Any, width: int
) -> None:
    chat = await open_chat(viewport={"width": width, "height": 740})
    await gateway.followed()
    await chat.page.context.set_offline(True)
    await expect(chat.banner).to_be_visible()
    await expect(chat.news).to_contain_text("Yhteys on poikki.")
    await chat.say(WISH)
    await expect(chat.page.locator(".person .status")).to_have_text("Odottaa yhteyttä")

    await chat.page.context.set_offline(False)

    await chat.expect_count(3)
    await expect(chat.banner).to_be_hidden()
    await expect(chat.news).to_contain_text("Yhteys palasi.")
    assert gateway.bot.heard == [WISH]


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_service_killed_in_mid_answer_is_asked_again(
    open_chat: Any, gateway: Any, width: int
) -> None:
    chat = await open_chat(viewport={"width": width, "height": 740})
    gateway.bot.hold()
    await chat.say(WISH)
    await gateway.bot.hears(WISH)
    await expect(chat.typing).to_be_visible()

    await gateway.served.kill()
    gateway.bot.release()
    await gateway.served.start()
    await chat.page.evaluate("() => dispatchEvent(new Event('online'))")

    await chat.expect_count(3)
    await expect(chat.typing).to_be_hidden()
    assert gateway.bot.heard == [WISH, WISH]


async def test_nobody_is_said_to_write_while_a_coach_is_awaited(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await gateway.hand_over()

    await chat.say("onko siellä ketään")
    await gateway.say(bot("Hei, täällä Maija.", speaker="coach"))
    await chat.expect_count(3)
    await chat.say("kiva")

    await expect(chat.messages).to_have_count(4)
    await expect(chat.typing).to_be_hidden()
    assert gateway.bot.heard == []


async def test_action_pressed_twice_is_taken_once(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)
    gateway.bot.hold()

    await chat.cards.first.get_by_role("button").dblclick()

    await expect(chat.page.locator(".person")).to_have_count(3)
    gateway.bot.release()
    await chat.expect_count(7)
    await expect(chat.messages.last).not_to_have_class("message person")
    assert len(gateway.bot.heard) == 3


async def test_part_that_is_not_as_it_should_be_leaves_the_text_and_the_talk(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()

    for custom in ({"kind": "options"}, {"kind": "plan", "goal": 1}, {"kind": "constructor"}):
        await gateway.say(bot("Teksti jää.", custom=custom))
    await chat.say(WISH)

    await chat.expect_count(6)
    assert (await chat.texts()).count("Teksti jää.") == 3


async def test_language_chosen_before_the_greeting_gets_one_conversation(
    open_chat: Any, gateway: Any
) -> None:
    gateway.slow_seconds = 0.5
    chat = await open_chat(launched=False)
    await chat.launcher.click()
    await expect(chat.typing).to_be_visible()

    await chat.page.get_by_label("Kieli").select_option("sv")

    await expect(chat.messages.first).to_contain_text("Hej!")
    gateway.slow_seconds = 0
    await chat.say("hej")
    await chat.expect_count(3)
    assert await gateway.language() == "sv"
    assert gateway.app[HUB].count() == 1


async def test_arrow_keys_pass_through_languages_to_the_last(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("hei")
    await chat.expect_count(3)
    gateway.slow_seconds = 0.2
    select = chat.page.get_by_label("Kieli", exact=True)

    await select.evaluate(
        """(node) => ["sv", "en", "fi", "en"].forEach((code) => {
             node.value = code;
             node.dispatchEvent(new Event("change"));
           })"""
    )

    await expect(chat.page.get_by_label("Write a message")).to_be_visible()
    await expect(chat.page.get_by_label("Language", exact=True)).to_have_value("en")
    assert await gateway.language() == "en"
    patches = [path for path in gateway.requests if "/api/conversations/" in path]
    assert len(patches) == 2


async def test_new_conversation_that_cannot_begin_leaves_the_old_one(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    gateway.closed = {"POST /api/conversations"}
    await chat.act("Aloita uusi keskustelu")

    await chat.question.get_by_role("button", name="Aloita uusi").click()

    await expect(chat.question).to_contain_text("ei saatu alkuun")
    await chat.question.get_by_role("button", name="Peruuta").click()
    await chat.say("jatketaan siis")
    await chat.expect_count(5)


async def test_beginning_is_pressed_twice_and_done_once(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.act("Poista keskusteluni")
    await chat.question.get_by_role("button", name="Poista keskustelu").click()
    await expect(chat.ending).to_be_visible()
    gateway.slow_seconds = 0.3

    await chat.ending.get_by_role("button").dblclick()

    await chat.expect_count(1)
    await expect(chat.field).to_be_focused()
    assert await gateway.count() == 1


async def test_beginning_that_fails_again_keeps_the_focus(open_chat: Any, gateway: Any) -> None:
    gateway.closed = {"POST /api/conversations"}
    chat = await open_chat(launched=False)
    await chat.launcher.click()
    button = chat.ending.get_by_role("button")
    await button.evaluate("node => (node.dataset.old = true)")

    await button.press("Enter")

    await expect(chat.ending.locator("button:not([data-old])")).to_be_focused()
