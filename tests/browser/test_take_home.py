"""Pages to take home on screen and on paper, and a conversation that goes on with a phone."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.chat import Chat, find_violations
from tests.browser.rare_replies import plan
from tests.browser.replies import bot, today_in_finland

PHONE = {"width": 360, "height": 740}
TWO_SHEETS = 2


def full_plan() -> dict[str, Any]:
    """Return a plan as long as they come: three options, each with a whole checklist."""
    line = plan(today_in_finland())
    custom = line["custom"]
    first, second = custom["options"]
    third = {**second, "id": "c", "url": "https://lakeus.example/" + "pitka-osoite/" * 6}
    items = [{**custom["checklists"][0]["items"][0], "code": str(n)} for n in range(9)]
    custom["options"] = [first, second, third]
    custom["checklists"] = [
        {"option": option["id"], "title": option["title"], "items": items}
        for option in custom["options"]
    ]
    return line


async def offer(gateway: Any, chat: Chat, *path: str) -> dict[str, Any]:
    """Ask the service for an address with the conversation's own token."""
    saved = await chat.remembered()
    answer = await chat.page.request.post(
        f"{gateway.url}api/conversations/{saved['conversation']}/{'/'.join(path)}",
        headers={"Authorization": f"Bearer {saved['token']}"},
    )
    assert answer.status == 200, await answer.text()
    offered: dict[str, Any] = await answer.json()
    return offered


@pytest.fixture
def take_home(open_chat: Any, gateway: Any, new_page: Any) -> Any:
    """Open the page of somebody who has a plan."""

    async def take_home(**settings: Any) -> Page:
        chat = await open_chat()
        await gateway.say(full_plan())
        await chat.expect_count(2)
        page: Page = await new_page((await offer(gateway, chat, "take-home"))["url"], **settings)
        return page

    return take_home


@pytest.mark.parametrize(
    "settings",
    [
        {"viewport": PHONE, "color_scheme": "light"},
        {"viewport": PHONE, "color_scheme": "dark"},
        {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    ],
    ids=["phone", "dark phone", "forced colours"],
)
async def test_the_page_reads_well(take_home: Any, settings: dict[str, Any]) -> None:
    page = await take_home(**settings)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Opintosi mukaan")
    await expect(page.get_by_role("button", name="Tulosta")).to_be_visible()
    assert await find_violations(page) == []
    widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    sizes = await page.evaluate(
        "[...document.querySelectorAll('a, button')].map(e => e.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44


async def test_the_longest_page_fits_two_sheets(take_home: Any) -> None:
    page = await take_home(color_scheme="dark")
    paper = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= TWO_SHEETS


async def test_the_chat_shows_the_code_and_the_address(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await gateway.say(full_plan())
    await chat.expect_count(2)
    part = await offer(gateway, chat, "take-home")
    await gateway.say(bot("Ota mukaan.", custom=part))
    code = chat.page.get_by_role("img", name="QR-koodi")
    await expect(code).to_be_visible()
    box = await code.bounding_box()
    assert box is not None
    assert box["width"] >= 150
    link = chat.page.get_by_role("link", name="Avaa sivu")
    assert await link.get_attribute("href") == part["url"]
    assert await find_violations(chat.page) == []


async def test_a_phone_goes_on_with_the_conversation(
    open_chat: Any, gateway: Any, new_page: Any
) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    url = (await offer(gateway, chat, "continue"))["url"]

    phone = await new_page(url, viewport=PHONE, color_scheme="dark")
    assert await find_violations(phone) == []
    await phone.get_by_role("button", name="Jatka tässä").click()
    on_phone = Chat(phone)
    await on_phone.expect_count(3)
    assert urlsplit(phone.url).path == "/continue"
    assert await find_violations(phone) == []
    await on_phone.say("jatketaan")
    await on_phone.expect_count(5)
    # The page that brought the token is not in the history.
    await phone.reload()
    await on_phone.expect_count(5)
    await phone.go_back()
    assert "data-token" not in await phone.content()

    replayed = await new_page(url, viewport=PHONE, locale="fi-FI")
    await expect(replayed.get_by_role("heading", level=1)).to_have_text("Osoite ei enää toimi")
    assert await find_violations(replayed) == []


async def test_a_phone_without_scripts_goes_on_too(
    open_chat: Any, gateway: Any, new_page: Any
) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    url = (await offer(gateway, chat, "continue"))["url"]
    phone = await new_page(url, viewport=PHONE, java_script_enabled=False)

    await phone.get_by_role("button", name="Jatka tässä").click()
    await phone.get_by_role("link", name="jatka tästä").click()

    await expect(phone.locator(".person .text")).to_have_text("olen lähihoitaja")


async def test_what_is_not_there_says_what_to_do(new_page: Any, gateway: Any) -> None:
    for path in ("k/unknown", "continue/unknown", "kiosk/enrol/unknown"):
        page = await new_page(gateway.url + path, viewport=PHONE, locale="sv-FI")
        assert await page.evaluate("document.documentElement.lang") == "sv"
        assert await find_violations(page) == []
