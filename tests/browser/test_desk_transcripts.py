"""Transcripts and reviews, as coaches meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect
from sqlalchemy.orm import Session

from coaching.desk_models import ConversationLabel
from tests.browser.chat import find_violations
from tests.browser.desk import LOOKS, SIZES, find_overflow, find_small_targets, sign_in
from tests.coaching.transcripts import begin, turn
from tests.web.desk.talks import OPTIONS
from web.keys import LIKENESS, STORAGE

FAILED = {"intent": "nlu_fallback", "confidence": 0.4}


@pytest.fixture
def desk(gateway: Any, new_page: Any) -> Any:
    """Return a function that opens a page of a lead coach's desk, with conversations to read.

    `{talk}` in the address stands for the long one.
    """

    async def open_desk(path: str, **settings: Any) -> Page:
        now = gateway.settings.now() - timedelta(hours=2)

        def work(session: Session) -> str:
            talk = begin(session, at=now)
            slots = {"place": "743", "field": "0913", "schedule": ["evening"]}
            turn(session, talk, "asun Seinäjoella, hoitoala kiinnostaa", at=now, slots=slots)
            turn(session, talk, "näytä", at=now, intent="show_options", custom=OPTIONS)
            for number in range(25):
                turn(session, talk, f"ja vielä asia numero {number}", at=now)
            session.add(ConversationLabel(conversation_id=talk.id, label="kiire"))
            # The newest comes first.
            for minute, words in enumerate(("mist rahhaa", "Mist rahhaa?", "jaa mitä"), start=1):
                then = now + timedelta(minutes=minute)
                turn(session, begin(session, at=then), words, at=then, **FAILED)
            return str(talk.id)

        gateway.app[LIKENESS]._load = lambda: None
        found = await gateway.app[STORAGE].write(work)
        cookie = await sign_in(gateway, "lea", role="lead")
        address = f"{gateway.url}coach/{path.format(talk=found)}"
        page: Page = await new_page(address, cookies=[cookie], **settings)
        return page

    return open_desk


async def to_every_page(page: Page) -> Any:
    """Go to the list, to what a search finds, to a transcript, and to the reviews, in turn."""
    yield "list"
    await page.locator("summary").first.click()
    await page.get_by_label("Sanat", exact=True).fill("Seinäjoki")
    await page.get_by_role("button", name="Hae", exact=True).click()
    await expect(page.locator("q").first).to_be_visible()
    yield "found"
    await page.locator(".found a").first.click()
    await page.locator(".understood summary").first.click()
    yield "transcript"
    await page.get_by_role("link", name="Tarkistus").click()
    await expect(page.get_by_role("heading", name="samanlaista")).to_be_visible()
    yield "reviews"
    await (
        page.get_by_role("article", name="samanlaista").get_by_role("button", name="Korjaa").click()
    )
    await page.get_by_text("Tiedot henkilöstä").click()
    yield "correction"
    await page.get_by_role("button", name="Tallenna korjaus").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    yield "problem"


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
async def test_every_page_passes_axe(desk: Any, look: dict[str, Any]) -> None:
    page = await desk("transcripts", **look)
    found = {name: await find_violations(page) async for name in to_every_page(page)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) == 6


@pytest.mark.parametrize("size", SIZES)
async def test_everything_fits_and_can_be_pressed(desk: Any, size: str) -> None:
    page = await desk("transcripts", viewport=SIZES[size])
    found = {
        name: [*await find_overflow(page), *await find_small_targets(page)]
        async for name in to_every_page(page)
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def test_all_works_without_a_script(desk: Any) -> None:
    page = await desk("transcripts", java_script_enabled=False)
    async for name in to_every_page(page):
        assert name
    await page.get_by_label("Mitä henkilö tarkoitti").select_option("faq_study_grant")
    await page.get_by_label("Sama omin sanoin").fill("saako opintoihin tukea")
    await page.get_by_role("button", name="Tallenna korjaus").click()
    await expect(page.get_by_role("status")).to_have_text("2 viestiä tallennettiin.")


async def test_single_keys_go_through_the_list_and_open(desk: Any) -> None:
    page = await desk("transcripts")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await expect(page.locator(".found a").first).to_be_focused()
    await page.keyboard.press("o")
    await page.wait_for_url("**/transcripts/*")


async def test_keys_are_explained_and_can_be_turned_off(desk: Any) -> None:
    page = await desk("transcripts")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await find_violations(page) == []
    await page.get_by_label("Käytä yhden näppäimen komentoja").uncheck()
    await page.get_by_role("button", name="Sulje").click()
    await page.keyboard.press("j")
    await expect(page.locator(".found a").first).not_to_be_focused()
    await page.reload()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_typing_in_a_field_is_no_command(desk: Any) -> None:
    page = await desk("transcripts")
    field = page.get_by_label("Sanat", exact=True)
    await field.press_sequentially("jko?")
    await expect(field).to_have_value("jko?")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_group_is_decided_by_a_key(desk: Any) -> None:
    page = await desk("reviews")
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await expect(page.get_by_role("status")).to_have_text("Yksi viesti tallennettiin.")


async def test_a_long_transcript_goes_on_where_it_was_left(desk: Any) -> None:
    page = await desk("transcripts/{talk}")
    await expect(page.locator("#line-40")).to_be_visible()
    await page.get_by_role("link", name="Myöhemmät viestit").click()
    await expect(page.locator("#line-41")).to_be_visible()
    await page.get_by_role("link", name="Aiemmat viestit").click()
    await expect(page.locator("#line-40")).to_be_visible()
