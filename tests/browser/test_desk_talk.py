"""A coach and an adult in two browsers: taking over, talking, suggesting, giving back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from catalog.db import upgrade
from coaching import conversations, handoff
from tests.browser.chat import Chat, find_violations
from tests.browser.desk import LOOKS, SIZES, find_overflow, find_small_targets, sign_in
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
