"""The measures and the principles of guidance, as coaches see them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.chat import find_violations
from tests.browser.desk import LOOKS, SIZES, find_overflow, find_small_targets, sign_in
from tests.web.desk.measured import add_many
from web.keys import STORAGE

PLACES = ("measures", "quality")


@pytest.fixture
def open_desk(gateway: Any, new_page: Any) -> Any:
    """Return a function that opens a page of the desk after many conversations."""

    async def open_desk(path: str, **settings: Any) -> Page:
        now = gateway.settings.now()
        await gateway.app[STORAGE].write(lambda session: add_many(session, now))
        cookie = await sign_in(gateway)
        page: Page = await new_page(f"{gateway.url}coach/{path}", cookies=[cookie], **settings)
        return page

    return open_desk


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("place", PLACES)
async def test_every_look_passes_axe(open_desk: Any, place: str, look: str) -> None:
    page = await open_desk(place, **LOOKS[look])
    assert await find_violations(page) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", PLACES)
async def test_everything_fits_and_can_be_pressed(open_desk: Any, place: str, size: str) -> None:
    page = await open_desk(place, viewport=SIZES[size])
    assert await find_overflow(page) == []
    assert await find_small_targets(page) == []


async def test_measures_are_narrowed_down_without_a_script(open_desk: Any) -> None:
    page = await open_desk("measures", java_script_enabled=False)
    await page.get_by_label("Kieli", exact=True).select_option("sv")
    await page.get_by_role("button", name="Näytä").click()
    await expect(page.locator(".key li").first).to_have_text("30 keskustelua")
    await expect(page.get_by_label("Kieli", exact=True)).to_have_value("sv")


async def test_the_picture_can_be_scrolled_by_keyboard(open_desk: Any) -> None:
    page = await open_desk("measures", viewport=SIZES["360"])
    picture = page.locator(".wide:has(.columns)")
    await picture.focus()
    await page.keyboard.press("End")
    await expect(picture).to_be_focused()


async def test_the_download_is_a_file(open_desk: Any) -> None:
    page = await open_desk("measures")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Lataa taulukkona").click()
    download = await waiting.value
    assert download.suggested_filename.endswith(".csv")
