"""A coach and an adult in two browsers: taking over, talking, suggesting, giving back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from catalog.db import upgrade
from coaching import conversations, handoff
from tests.browser.chat import Chat, find_violations
from tests.browser.desk import LOOKS, SIZES, find_overflow, find_small_targets, sign_in
from tests.browser.replies import answers, today_in_finland
from web.hub import DESK
from web.keys import HUB, STORAGE


@pytest.fixture
def wait(gateway: Any) -> Any:
    """A function that puts the newest conversation in the queue, allowed to be seen."""

    async def wait(*, urgency: int = 0) -> str:
        conversation_id, now = await gateway.followed(), gateway.settings.now()

        def work(session: Any) -> None:
            conversation = conversations.get(session, conversation_id)
            handoff.ask_for_coach(session, conversation, why="asked", urgency=urgency, now=now)
            conversation.consented_at = now

        await gateway.app[STORAGE].write(work)
        return str(conversation_id)

    return wait


async def _desk(new_page: Any, gateway: Any, path: str = "coach", **settings: Any) -> Page:
    page: Page = await new_page(
        f"{gateway.url}{path}", cookies=[await sign_in(gateway)], **settings
    )
    return page


async def test_a_coach_takes_over_and_both_talk(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    chat: Chat = await open_chat()
    await chat.say("olen työtön")
    await wait()
    desk = await _desk(new_page, gateway)
    await desk.get_by_role("button", name="Ota keskustelu").click()
    await expect(desk.locator("#lines")).to_contain_text("olen työtön")

    await desk.get_by_role("textbox", name="Vastaus").fill("Hei, olen valmentaja.")
    await desk.keyboard.press("Enter")

    await expect(chat.page.get_by_text("Hei, olen valmentaja.", exact=True)).to_be_visible()
    await expect(desk.get_by_role("textbox", name="Vastaus")).to_have_value("")
    await chat.say("kiva että tulit")
    await expect(desk.locator("#lines")).to_contain_text("kiva että tulit")
    await desk.get_by_role("button", name="Anna Opastimen jatkaa").click()
    await expect(desk.get_by_text("Opastin jatkaa keskustelua.")).to_be_visible()


async def test_whoever_begins_to_wait_appears_by_itself(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    desk = await _desk(new_page, gateway)
    await expect(desk.get_by_text("Kukaan ei odota.")).to_be_visible()
    await open_chat()
    conversation_id = await wait(urgency=2)
    gateway.app[HUB].announce(DESK, {"queue": True})
    await expect(desk.locator("#waiting")).to_contain_text("Hätä")
    await expect(desk).to_have_title("(1) Jono – Opastimen työpöytä")
    assert conversation_id in await desk.content()


async def _take(open_chat: Any, new_page: Any, gateway: Any, wait: Any) -> tuple[Chat, Page]:
    chat: Chat = await open_chat()
    conversation_id = await wait()
    desk = await _desk(new_page, gateway)
    await desk.get_by_role("button", name="Ota keskustelu").click()
    await expect(desk).to_have_url(f"{gateway.url}coach/c/{conversation_id}")
    return chat, desk


async def test_the_person_sees_at_once_what_a_coach_changes_in_the_plan(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    chat, desk = await _take(open_chat, new_page, gateway, wait)
    await desk.get_by_role("link", name="Muokkaa suunnitelmaa").click()
    await desk.get_by_label("Tavoite").fill("Lähihoitajaksi")
    await desk.locator("#text-0").fill("Soita koululle")
    await desk.get_by_role("button", name="Näytä henkilölle").click()
    await expect(desk.locator(".news").first).to_have_text(
        "Muutettu suunnitelma on lähetetty henkilölle."
    )

    sheet = chat.page.locator(".sheet")
    await expect(sheet).to_contain_text("Anna muutti suunnitelmaa.")
    await expect(sheet.locator(".tasks li")).to_have_text("Soita koululleMuutos: Anna")
    await expect(sheet.locator("h3", has_text="Lähihoitajaksi")).to_be_visible()


async def _write(desk: Any, text: str) -> Any:
    answer = desk.get_by_role("textbox", name="Vastaus")
    await answer.fill(text)
    return answer


async def test_an_ended_session_leads_to_the_login_but_not_away_from_a_half_written_text(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    _, desk = await _take(open_chat, new_page, gateway, wait)
    answer = await _write(desk, "Hei, olen")
    await desk.context.clear_cookies()
    gateway.app[HUB].announce(DESK, {"queue": True})
    await expect(desk.locator("#news")).to_contain_text("Istuntosi on päättynyt.")
    await desk.get_by_role("button", name="Lähetä").click()
    await expect(desk.locator("#sent")).to_contain_text("Viesti ei lähtenyt")
    await expect(answer).to_have_value("Hei, olen")

    await answer.fill("")
    gateway.app[HUB].announce(DESK, {"queue": True})
    await expect(desk.get_by_role("heading", name="Kirjaudu työpöydälle")).to_be_visible()
    assert "next=%2Fcoach%2Fc%2F" in desk.url


async def test_a_coach_who_writes_a_phone_number_is_told_to_leave_it_out(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    _, desk = await _take(open_chat, new_page, gateway, wait)
    answer = await _write(desk, "Soita 040 123 4567")
    await desk.get_by_role("button", name="Lähetä").click()
    await expect(desk.locator("#sent")).to_contain_text("Jätä se pois.")
    await expect(answer).to_have_value("Soita 040 123 4567")


async def test_nothing_of_an_erased_conversation_stays_on_the_desk(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    chat, desk = await _take(open_chat, new_page, gateway, wait)
    await chat.say("salaisia sanoja")
    await expect(desk.locator("#lines")).to_contain_text("salaisia sanoja")
    saved = await chat.remembered()
    await chat.page.request.delete(
        f"{gateway.url}api/conversations/{saved['conversation']}",
        headers={"Authorization": f"Bearer {saved['token']}"},
    )
    await expect(desk.get_by_text("salaisia sanoja")).to_have_count(0)
    await expect(desk.get_by_role("heading", name="Tätä ei voi tehdä")).to_be_visible()


async def test_a_long_talk_leaves_no_empty_page_below_the_desk(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    chat, desk = await _take(open_chat, new_page, gateway, wait)
    await desk.set_viewport_size(SIZES["360"])
    # Cards have words for readers only, which stand outside the flow.
    await chat.say("olen työtön")
    for _ in range(3):
        await gateway.say(answers(today_in_finland())[1])
    await desk.reload()
    assert await desk.locator("#lines .for-readers").count()
    below = await desk.evaluate(
        """() => document.documentElement.scrollHeight
                 - document.querySelector("main").getBoundingClientRect().bottom - scrollY"""
    )
    assert below < 100


async def test_where_nobody_looks_the_title_counts_what_has_come(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any
) -> None:
    chat, desk = await _take(open_chat, new_page, gateway, wait)
    await desk.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })"
    )
    await chat.say("oletko siinä")
    await expect(desk).to_have_title("(1) Keskustelu – Opastimen työpöytä")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", SIZES)
async def test_the_pages_are_accessible(
    open_chat: Any, new_page: Any, gateway: Any, wait: Any, size: str, look: str
) -> None:
    upgrade(gateway.settings.catalog_url)
    await open_chat()
    conversation_id = await wait()
    settings = {"viewport": SIZES[size], **LOOKS[look]}
    desk = await _desk(new_page, gateway, **settings)
    assert await find_violations(desk) == []
    assert await find_overflow(desk) == []
    await desk.get_by_role("button", name="Ota keskustelu").click()
    for path in ("", "/options?q=hoitoala", "/plan"):
        await desk.goto(f"{gateway.url}coach/c/{conversation_id}{path}")
        assert await find_violations(desk) == [], path
        assert await find_overflow(desk) == [], path
        assert await find_small_targets(desk) == [], path
    for path in ("calls", "canned"):
        await desk.goto(f"{gateway.url}coach/{path}")
        assert await find_violations(desk) == [], path
        assert await find_overflow(desk) == [], path
