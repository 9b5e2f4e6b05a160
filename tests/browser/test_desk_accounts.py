"""Logging in to the desk, and its accounts, teams and log, as coaches meet them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect
from sqlalchemy.orm import Session

from coaching import accounts, audit, teams
from coaching.accounts import NewAccount
from coaching.passwords import hash_password
from coaching.teams import Wishes
from tests.browser.chat import find_violations
from tests.browser.desk import LOOKS, SIZES, find_overflow, find_small_targets, sign_in
from web.keys import STORAGE

PASSWORD, OWN_PASSWORD = "tuoli kynä järvi 7", "lamppu silta meri 9"
PAGES = (
    "login",
    "login?ended=1",
    "account",
    "accounts",
    "accounts/new",
    "accounts/1",
    "teams",
    "teams/new",
    "teams/1",
    "audit",
    "nowhere",
)


@pytest.fixture
def furnished(gateway: Any) -> Any:
    """Fill the desk's tables, and return the cookie of an administrator's session."""

    async def furnish() -> Any:
        now = gateway.settings.now()

        def work(session: Session) -> None:
            wishes = Wishes(
                "Etelä-Pohjanmaan koulutusvalmentajat",
                places=["232", "743", "maakunta_14", "905"],
                fields=["01", "09"],
                languages=["fi", "sv"],
                referrals=["TE-KAUHAJOKI", "KIRJASTO-2026"],
                hours={"mon": ["09:00", "15:30"], "fri": ["09:00", "12:00"]},
            )
            team = teams.add(session, wishes)
            for name in ("anna.virtanen@kunta.example", "bo"):
                new = NewAccount(name, "none", display_name="Anna", team_id=team.id)
                accounts.add(session, new, now=now)
            for number in range(audit.PAGE + 1):
                audit.note(session, "bo", "login", f"{number:064x}", now)

        await gateway.app[STORAGE].write(work)
        return await sign_in(gateway, "root", role="admin")

    return furnish


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
async def test_every_page_passes_axe(
    new_page: Any, gateway: Any, furnished: Any, look: dict[str, Any]
) -> None:
    page = await new_page(f"{gateway.url}coach/login", cookies=[await furnished()], **look)
    found = {}
    for name in PAGES:
        await page.goto(f"{gateway.url}coach/{name}")
        if await page.locator("summary").count():
            await page.locator("summary").first.click()
        found[name] = await find_violations(page)
    await page.goto(f"{gateway.url}coach/teams/new")
    await page.get_by_label("Nimi").fill("Kainuu")
    await page.get_by_label("Paikat").fill("Atlantis")
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Atlantis")
    found["problem"] = await find_violations(page)
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
async def test_every_page_fits_the_screen(
    new_page: Any, gateway: Any, furnished: Any, size: dict[str, int]
) -> None:
    page = await new_page(f"{gateway.url}coach/login", cookies=[await furnished()], viewport=size)
    found = {}
    for name in PAGES:
        await page.goto(f"{gateway.url}coach/{name}")
        found[name] = await find_overflow(page) + await find_small_targets(page)
    assert {name: broken for name, broken in found.items() if broken} == {}


async def test_a_new_coach_gets_in_with_the_keyboard_alone(new_page: Any, gateway: Any) -> None:
    kept = await asyncio.to_thread(hash_password, PASSWORD)
    now = gateway.settings.now()
    new = NewAccount("anna", kept, is_one_time=True)
    await gateway.app[STORAGE].write(lambda session: accounts.add(session, new, now=now))
    page = await new_page(f"{gateway.url}coach/account", locale="fi-FI")
    press = page.keyboard.press

    await press("Tab")
    await expect(page.get_by_role("link", name="Siirry sisältöön")).to_be_focused()
    await press("Enter")
    await press("Tab")
    await _log_in(page, "väärä salasana")
    await expect(page.get_by_role("alert")).to_contain_text("ei täsmää")
    await expect(page.get_by_label("Käyttäjätunnus")).to_have_value("anna")
    await page.get_by_label("Käyttäjätunnus").focus()
    await _log_in(page, PASSWORD)

    await expect(page.get_by_text("Valitse oma salasana")).to_be_visible()
    await page.get_by_label("Nykyinen salasana").focus()
    for text in (PASSWORD, OWN_PASSWORD, OWN_PASSWORD):
        await page.keyboard.insert_text(text)
        await press("Tab")
    await press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Salasana on vaihdettu")
    await page.get_by_label("Käyttäjätunnus").focus()
    await _log_in(page, OWN_PASSWORD)
    await expect(page.locator("summary", has_text="anna, vastaanotan")).to_be_visible()


async def test_an_administrator_adds_an_account_and_its_owner_enters(
    new_page: Any, gateway: Any
) -> None:
    page = await new_page(
        f"{gateway.url}coach/accounts",
        cookies=[await sign_in(gateway, "root", role="admin")],
    )
    await page.get_by_role("link", name="Lisää tili").click()
    await page.get_by_label("Käyttäjätunnus").fill("bo")
    await page.get_by_label("Rooli").select_option(label="Vastaava valmentaja")
    await page.get_by_role("button", name="Lisää").click()
    password = await page.locator(".secret").inner_text()

    other = await new_page(f"{gateway.url}coach", locale="sv-FI")
    await other.get_by_label("Användarnamn").fill("bo")
    await other.get_by_label("Lösenord").fill(password)
    await other.get_by_role("button", name="Logga in").click()
    await expect(other.get_by_label("Nykyinen salasana")).to_be_visible()


async def test_the_desk_works_without_scripts(new_page: Any, gateway: Any) -> None:
    page = await new_page(
        f"{gateway.url}coach/account", cookies=[await sign_in(gateway)], java_script_enabled=False
    )
    own = page.locator("summary", has_text="Anna")
    await own.click()
    await page.get_by_role("button", name="Keskeytä vastaanotto").click()
    await expect(own).to_have_text("Anna, en vastaanota")
    await page.get_by_label("Työpöydän kieli").select_option("sv")
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("status")).to_have_text("Sparat.")
    await own.click()
    await page.get_by_role("button", name="Logga ut").click()
    await expect(page.get_by_role("status")).to_be_visible()


async def _log_in(page: Page, password: str) -> None:
    """Write name and password from the focused name on, and press Enter."""
    await page.keyboard.press("Control+a")
    await page.keyboard.insert_text("anna")
    await page.keyboard.press("Tab")
    await page.keyboard.insert_text(password)
    await page.keyboard.press("Enter")
    await page.wait_for_load_state()
