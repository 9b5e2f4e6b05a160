"""The chat in a browser that runs no scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.chat import find_violations
from tests.browser.rare_replies import comparison, competence, plan
from tests.browser.replies import bot, today_in_finland

TODAY = today_in_finland()
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


async def _say(page: Page, text: str) -> None:
    await page.get_by_label("Kirjoita viesti").fill(text)
    await page.get_by_role("button", name="Lähetä").click()


async def test_journey_without_scripts(new_page: Any, gateway: Any) -> None:
    page = await new_page(gateway.url, java_script_enabled=False)
    await page.get_by_role("link", name="Keskustele ilman niitä.").click()
    await page.get_by_role("button", name="Aloita keskustelu").click()
    await _say(page, "olen lähihoitaja <b>")
    await expect(page.locator(".person .text")).to_have_text("olen lähihoitaja <b>")
    assert page.url.endswith("/chat#latest")

    await page.get_by_role("button", name="Iltaisin").click()

    await expect(page.locator(".card")).to_have_count(3)
    await expect(page.locator("button.chosen")).to_contain_text("Iltaisin")
    await expect(page.get_by_role("button", name="Viikonloppuisin")).to_be_disabled()
    await expect(page.locator(".card a")).to_have_count(1)
    await page.locator(".card").first.get_by_role("button").click()
    assert gateway.bot.heard[-1].startswith("/ask_details")
    await page.get_by_role("button", name="Arvioi keskustelu").click()
    await page.get_by_role("button", name="Erittäin hyvin").click()
    await expect(page.locator(".message").last).to_contain_text("Kiitos arviosta.")
    await page.get_by_role("button", name="Poista keskusteluni").click()
    await page.get_by_role("link", name="Peruuta").click()
    await page.get_by_role("button", name="Poista keskusteluni").click()
    await page.get_by_role("button", name="Poista keskustelu").click()
    await expect(page.get_by_role("status").first).to_have_text("Keskustelusi on poistettu.")
    assert await gateway.count() == 0
    assert await page.context.cookies() == []


async def test_journey_by_keyboard_alone(new_page: Any, gateway: Any) -> None:
    page = await new_page(f"{gateway.url}chat?language=fi", java_script_enabled=False)
    for key in ("Tab", "Tab", "Tab", "Enter"):
        await page.keyboard.press(key)
    await expect(page.locator(".message")).to_have_count(1)

    await page.get_by_label("Kirjoita viesti").focus()
    await page.keyboard.type("olen lähihoitaja")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(3)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator(".message")).to_have_count(5)


async def test_token_is_in_no_address(new_page: Any, gateway: Any) -> None:
    page = await new_page(f"{gateway.url}chat?language=fi", java_script_enabled=False)
    await page.get_by_role("button", name="Aloita keskustelu").click()
    await _say(page, "hei")
    (cookie,) = await page.context.cookies()

    identity = cookie["value"].partition(".")[0]

    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert [path for path in gateway.requests if identity in path] == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("width", [360, 1280])
async def test_every_state_passes_axe_and_fits(
    new_page: Any, gateway: Any, width: int, look: str
) -> None:
    viewport = {"width": width, "height": 800}
    page = await new_page(f"{gateway.url}chat?language=fi", viewport=viewport, **LOOKS[look])
    found = {"beginning": await find_violations(page)}
    await page.get_by_role("button", name="Aloita keskustelu").click()
    await _say(page, "olen lähihoitaja")
    await page.get_by_role("button", name="Iltaisin").click()
    conversation = await gateway.newest()
    await gateway.store(
        conversation,
        plan(TODAY),
        comparison(TODAY),
        competence(),
        bot("", custom={"kind": "handoff", "state": "with_coach", "name": "Maija"}),
        bot("Hei.", speaker="coach"),
    )
    await page.reload()
    await expect(page.locator(".coach .name")).to_have_text("Valmentaja Maija")
    found["conversation"] = await find_violations(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = await page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, .button, .card a")]
             .map((node) => [node.textContent, node.getBoundingClientRect()])
             .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
             .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []
    await page.get_by_label("Kirjoita viesti").fill("ä" * 2001)
    await page.get_by_role("button", name="Lähetä").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    found["too long"] = await find_violations(page)
    await page.get_by_role("button", name="Poista keskusteluni").click()
    found["question"] = await find_violations(page)

    assert {state: problems for state, problems in found.items() if problems} == {}
