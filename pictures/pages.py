"""The states of the pages around the chat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import expect

from pictures.gateway import NOW
from pictures.looks import DESKTOP, PHONE
from pictures.paper import shoot_paper
from pictures.stage import Stage
from tests.browser.chat import Chat


async def show(stage: Stage) -> None:
    """The demo page by itself, and addresses that lead nowhere."""
    if stage.wants("demo"):
        page = await stage.open()
        await expect(page.locator(".launcher")).to_be_visible()
        await stage.take(page, "demo")
    if stage.wants("unknown"):
        await stage.take(await stage.open("k/unknown"), "unknown", whole=True)
    if stage.wants("enrol"):
        address = await stage.gateway.add_device()
        await stage.take(await stage.open(_path(address)), "enrol", whole=True)


async def take_home(stage: Stage) -> None:
    """The page to take home, on screen, on paper and when its time is over."""
    path = await _offered(stage, "take-home")
    page = await stage.open(path)
    await stage.take(page, "take-home", whole=stage.look in (PHONE, DESKTOP))
    if stage.wants("paper"):
        await shoot_paper(stage, page, "paper")
    if stage.wants("expired"):
        await stage.gateway.set(fixed_now=NOW + timedelta(days=30))
        await stage.take(await stage.open(path), "expired", whole=True)
        await stage.gateway.set(fixed_now=NOW)


async def go_on(stage: Stage) -> None:
    """The conversation goes on with a phone, once."""
    path = await _offered(stage, "continue")
    page = await stage.open(path)
    await stage.take(page, "continue")
    if not stage.wants("continued", "continue-gone"):
        return
    await page.get_by_role("button").click()
    chat = Chat(page)
    await expect(chat.messages.first).to_be_visible()
    await stage.take(page, "continued")
    await stage.take(await stage.open(path), "continue-gone", whole=True)


async def _offered(stage: Stage, name: str) -> str:
    """Return the path of what a conversation with a plan offers."""
    chat = await stage.open_chat()
    await stage.ask(chat, "story", replies=2)
    await stage.ask(chat, "options")
    await stage.ask(chat, "save")
    await stage.ask(chat, "save_more")
    await stage.ask(chat, "plan")
    saved = await chat.remembered()
    headers = {"Authorization": f"Bearer {saved['token']}"}
    home = f"{stage.gateway.url}api/conversations/{saved['conversation']}"
    if stage.look.is_easy:
        wish: dict[str, Any] = {"plain_language": True}
        await chat.page.request.patch(home, headers=headers, data=wish)
    answer = await chat.page.request.post(f"{home}/{name}", headers=headers)
    return _path((await answer.json())["url"])


def _path(address: str) -> str:
    return urlsplit(address).path.lstrip("/")
