"""What people with other eyes, hands and ears meet at the kiosk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import find_violations
from tests.browser.kiosk import PIN, Kiosk

DESK = {"width": 1280, "height": 800}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "desk": {"viewport": DESK},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
async def test_every_state_passes_axe(
    open_kiosk: Any, kiosk_gateway: Any, look: dict[str, Any]
) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=60)
    kiosk = await open_kiosk(**look)
    found: dict[str, list[str]] = {}

    async def note(state: str) -> None:
        found[state] = await find_violations(kiosk.page)

    await note("first screen")
    await kiosk.touch("Aloita suomeksi")
    await note("people")
    await kiosk.touch("Olemme kahdestaan")
    await expect(kiosk.messages).to_have_count(1)
    await kiosk.field.tap()
    await note("keyboard")
    await kiosk.button("Piilota näppäimistö").first.tap()
    await kiosk.find_options()
    await note("options")
    for name in ("Ota mukaan", "Jatka puhelimella"):
        await kiosk.touch(name)
        await expect(kiosk.dialog.locator(".code")).to_be_visible()
        await note(name)
        await kiosk.touch("Sulje")
    await kiosk.page.locator(".outside").first.tap()
    await expect(kiosk.dialog.locator(".address")).to_be_visible()
    await note("outside")
    await kiosk.touch("Sulje")
    kiosk_gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await kiosk_gateway.drop_sockets()
    await expect(kiosk.banner).to_be_visible()
    await note("offline")
    kiosk_gateway.closed = set()
    await kiosk.touch("Lopeta")
    await note("end")
    kiosk_gateway.closed = {"GET /readyz"}
    await kiosk.touch("Lopeta ja tyhjennä")
    await expect(kiosk.page.locator(".away")).to_be_visible()
    await note("away")
    kiosk_gateway.closed = set()
    await kiosk.expect_first_screen()
    await note_staff(kiosk, note)

    assert {state: problems for state, problems in found.items() if problems} == {}


async def note_staff(kiosk: Kiosk, note: Any) -> None:
    """Open the staff's page by its PIN."""
    await kiosk.button("Henkilökunnalle").press("Enter")
    await note("pin")
    await kiosk.page.keyboard.type(PIN)
    await kiosk.touch("Avaa")
    await expect(kiosk.dialog.locator(".state")).to_be_visible()
    await note("staff")


async def test_warning_and_unknown_device_pass_axe(
    open_kiosk: Any, new_page: Any, kiosk_gateway: Any
) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=1, kiosk_warning_seconds=60)
    kiosk = await open_kiosk()
    await kiosk.begin()
    await expect(kiosk.warning).to_be_visible()
    stranger = await new_page(f"{kiosk_gateway.url}kiosk")
    await expect(stranger.locator(".unenrolled")).to_be_visible()

    assert await find_violations(kiosk.page) == []
    assert await find_violations(stranger) == []


async def test_visit_by_keyboard_alone(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk(has_touch=False)
    press, write = kiosk.page.keyboard.press, kiosk.page.keyboard.type

    await press("Tab")
    await expect(kiosk.button("Aloita suomeksi")).to_be_focused()
    await press("Enter")
    await press("Tab")
    await expect(kiosk.button("Olen yksin")).to_be_focused()
    await press("Enter")
    await expect(kiosk.messages).to_have_count(1)
    await expect(kiosk.page.locator(".transcript")).to_be_focused()
    await tab_to(kiosk, kiosk.field)
    await expect(kiosk.keyboard).to_be_hidden()
    await write("olen lähihoitaja")
    await press("Enter")
    await expect(kiosk.messages).to_have_count(3)
    await tab_to(kiosk, kiosk.button("Iltaisin"), by="Shift+Tab")
    await press("Enter")
    await expect(kiosk.cards).to_have_count(3)
    await tab_to(kiosk, kiosk.button("Ota mukaan"))
    await press("Enter")
    await expect(kiosk.dialog.locator(".code")).to_be_visible()
    await press("Escape")
    await expect(kiosk.button("Ota mukaan")).to_be_focused()
    await tab_to(kiosk, kiosk.button("Lopeta"))
    await press("Enter")
    await tab_to(kiosk, kiosk.button("Lopeta ja tyhjennä"))
    await press("Enter")

    await kiosk.expect_first_screen()
    assert await kiosk_gateway.count() == 0


async def test_keyboard_on_the_screen_takes_no_focus_and_names_its_keys(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.type(["a", "{shift}"])

    await expect(kiosk.field).to_be_focused()
    named = kiosk.keyboard.get_by_role("button", name="Poista merkki")
    await expect(named).to_have_attribute("tabindex", "-1")
    await expect(kiosk.keyboard.get_by_role("button", name="Ö", exact=True)).to_be_visible()
    await kiosk.touch("Svenska")
    await expect(kiosk.keyboard.get_by_role("button", name="Radera tecken")).to_be_visible()


async def test_hiding_the_keyboard_touches_nothing_under_it(open_kiosk: Any) -> None:
    kiosk = await open_kiosk(viewport=DESK)
    await kiosk.begin()

    await kiosk.type(["a", "{hide}"])

    await expect(kiosk.keyboard).to_be_hidden()
    await expect(kiosk.button("Ota mukaan")).to_be_visible()
    await expect(kiosk.dialog).to_be_hidden()


@pytest.mark.parametrize("viewport", [None, DESK], ids=["1080x1920", "1280x800"])
async def test_targets_are_60_pixels(open_kiosk: Any, viewport: dict[str, int] | None) -> None:
    kiosk = await open_kiosk(**({"viewport": viewport} if viewport else {}))
    small = await small_targets(kiosk)
    await kiosk.begin()
    await kiosk.find_options()
    small += await small_targets(kiosk)
    await kiosk.field.tap()
    small += await small_targets(kiosk)

    assert small == []


@pytest.mark.parametrize("size", ["normal", "largest"])
async def test_nothing_is_cut_off(open_kiosk: Any, size: str) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    if size == "largest":
        for _ in range(2):
            await kiosk.page.get_by_role("button", name="Tekstin koko").tap()
    await kiosk.find_options()
    await kiosk.field.tap()

    wide = await kiosk.page.evaluate(
        """() => [...document.querySelectorAll("main *")]
             .filter((node) => node.checkVisibility() && !node.closest(".for-readers"))
             .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
             .map((node) => node.className || node.localName)"""
    )

    assert wide == []
    assert await kiosk.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert await kiosk.page.locator(".transcript").evaluate("node => node.clientHeight") > 300


async def test_news_are_told_apart_from_the_transcript(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()

    told = await kiosk.page.locator("main > [role=log] p").all_inner_texts()

    assert told[0].startswith("Opastin: Hei!")
    assert told[-1].startswith("Opastin: Näistä voisit aloittaa. 3 koulutusvaihtoehtoa.")
    assert len(told) == 3


async def small_targets(kiosk: Kiosk) -> list[str]:
    """Return what can be touched and is lower than 60 px, or narrower, keys of a row excepted."""
    found: list[str] = await kiosk.page.evaluate(
        """() => [...document.querySelectorAll("button, textarea, summary, select")]
             .filter((node) => node.checkVisibility())
             .map((node) => [node.className, node.getBoundingClientRect()])
             .filter(([, box]) => box.height < 59.9 || box.width < 59.9)
             .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    return found


async def tab_to(kiosk: Kiosk, target: Any, *, by: str = "Tab") -> None:
    """Press Tab until the target has the focus."""
    for _ in range(40):
        if await target.evaluate("node => node === document.activeElement"):
            return
        await kiosk.page.keyboard.press(by)
    await expect(target).to_be_focused()
