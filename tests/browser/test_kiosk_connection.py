"""The kiosk while the service is away, and when it comes back by itself."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import expect

AWAY = "Palaamme hetken päästä"
# Longer than the page waits between two looks.
PATIENCE = 25_000


async def test_first_screen_says_that_it_will_be_back_and_comes_back(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()

    await kiosk_gateway.served.stop()

    heading = kiosk.page.get_by_role("heading", name=AWAY)
    await expect(heading).to_be_visible(timeout=PATIENCE)
    await kiosk_gateway.served.start()
    await expect(kiosk.button("Aloita suomeksi")).to_be_visible(timeout=PATIENCE)


async def test_service_killed_in_mid_answer_goes_on_where_it_was(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk_gateway.followed()
    kiosk_gateway.bot.hold()
    await kiosk.field.fill("olen lähihoitaja")
    await kiosk.field.press("Enter")
    await kiosk_gateway.bot.hears("olen lähihoitaja")
    await kiosk_gateway.served.stop()

    await expect(kiosk.banner).to_be_visible()
    kiosk_gateway.bot.release()
    await kiosk_gateway.served.start()

    await expect(kiosk.messages).to_have_count(3, timeout=PATIENCE)
    await expect(kiosk.banner).to_be_hidden()
    await kiosk.field.fill("käykö iltaisin")
    await kiosk.field.press("Enter")
    await expect(kiosk.messages).to_have_count(5)
    assert await kiosk_gateway.count() == 1


async def test_visit_that_ends_while_the_service_is_away_is_ended_when_it_is_back(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()
    await kiosk_gateway.served.stop()
    await kiosk.field.fill("tämä jäi lähettämättä")
    await kiosk.field.press("Enter")

    await kiosk.touch("Lopeta")
    await kiosk.touch("Lopeta ja tyhjennä")

    await expect(kiosk.page.get_by_role("heading", name=AWAY)).to_be_visible()
    content = await kiosk.page.evaluate("document.documentElement.outerHTML")
    assert "lähihoitaja" not in content
    await kiosk_gateway.served.start()
    await expect(kiosk.button("Aloita suomeksi")).to_be_visible(timeout=PATIENCE)
    assert await kiosk_gateway.count() == 0
    assert "tämä jäi lähettämättä" not in kiosk_gateway.bot.heard


async def test_visit_cannot_begin_while_the_service_is_away_but_soon_after(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk_gateway.served.stop()

    await kiosk.touch("Aloita suomeksi")
    await kiosk.touch("Olen yksin")

    await expect(kiosk.page.get_by_role("heading", name=AWAY)).to_be_visible()
    await kiosk_gateway.served.start()
    await expect(kiosk.button("Aloita suomeksi")).to_be_visible(timeout=PATIENCE)
    await kiosk.begin()


async def test_bot_that_is_away_is_noticed_too(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()

    kiosk_gateway.closed = {"GET /readyz"}

    await expect(kiosk.page.get_by_role("heading", name=AWAY)).to_be_visible(timeout=PATIENCE)
    kiosk_gateway.closed = set()
    await expect(kiosk.button("Aloita suomeksi")).to_be_visible(timeout=PATIENCE)


async def test_device_taken_out_of_use_says_so_at_the_next_visit(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk_gateway.remove_devices()
    await kiosk.touch("Aloita suomeksi")

    await kiosk.touch("Olen yksin")

    await expect(kiosk.page.locator(".unenrolled")).to_be_visible()


async def test_device_tells_now_and_then_that_it_is_there(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.page.clock.install()
    # The watch that goes on by the page's clock begins with the next first screen.
    await kiosk.begin()
    await kiosk.finish()
    asked = kiosk_gateway.requests.count("/api/kiosk/settings")

    await kiosk.page.clock.fast_forward(601_000)
    await expect_requests(kiosk_gateway, "/api/kiosk/settings", asked + 1)
    await kiosk_gateway.remove_devices()
    await kiosk.page.clock.fast_forward(601_000)

    await expect(kiosk.page.locator(".unenrolled")).to_be_visible()


async def expect_requests(gateway: Any, address: str, count: int) -> None:
    """Wait until an address has been asked for so many times."""
    for _ in range(200):
        if gateway.requests.count(address) >= count:
            break
        await asyncio.sleep(0.05)
    assert gateway.requests.count(address) == count


async def test_message_refused_by_the_bot_can_be_sent_again(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    kiosk_gateway.bot.fail_next = True
    await kiosk.field.fill("olen lähihoitaja")
    await kiosk.field.press("Enter")

    await kiosk.page.locator(".again").tap()

    await expect(kiosk.choice("Iltaisin")).to_be_visible()
