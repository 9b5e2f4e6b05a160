"""What is left of a visit when it is over: nothing, on screen, in the browser, at the service."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.rare_replies import plan, recognition

WORDS = "olen lähihoitaja"
VISITS = 10
# What ten visits may add to the heap: noise, not a visit's worth.
ALLOWED_GROWTH_BYTES = 300_000


async def test_time_out_warns_and_can_be_extended_and_then_wipes(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=2, kiosk_warning_seconds=3)
    kiosk = await open_kiosk()
    await kiosk.begin()

    await expect(kiosk.warning).to_be_visible()
    await expect(kiosk.warning).to_contain_text("sekunnin kuluttua")
    await expect(kiosk.button("Olen, jatketaan")).to_be_focused()
    await kiosk.touch("Olen, jatketaan")
    await expect(kiosk.warning).to_be_hidden()
    assert await kiosk_gateway.open_visits() == 1

    await expect(kiosk.warning).to_be_visible()
    await kiosk.expect_first_screen()
    assert await kiosk_gateway.count() == 0
    assert await kiosk.page.locator(".message").count() == 0


async def test_signs_of_life_put_the_warning_off(open_kiosk: Any, kiosk_gateway: Any) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=2, kiosk_warning_seconds=30)
    kiosk = await open_kiosk()
    await kiosk.begin()

    for _ in range(6):
        await asyncio.sleep(0.6)
        await kiosk.page.keyboard.press("Shift")

    await expect(kiosk.warning).to_be_hidden()
    await expect(kiosk.warning).to_be_visible()
    await kiosk.page.keyboard.press("Escape")
    await expect(kiosk.warning).to_be_hidden()


async def test_two_people_have_twice_the_time(open_kiosk: Any, kiosk_gateway: Any) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=2, kiosk_warning_seconds=30)
    kiosk = await open_kiosk()
    await kiosk.begin(people="Olemme kahdestaan")

    await asyncio.sleep(2.7)

    await expect(kiosk.warning).to_be_hidden()
    await expect(kiosk.warning).to_be_visible()


async def test_visit_can_be_ended_from_the_warning(open_kiosk: Any, kiosk_gateway: Any) -> None:
    await kiosk_gateway.set(kiosk_idle_seconds=1, kiosk_warning_seconds=30)
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.touch("Lopeta nyt")

    await kiosk.expect_first_screen()
    assert await kiosk_gateway.count() == 0


async def test_nothing_is_left_in_the_browser(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    entries = await kiosk.page.evaluate("history.length")
    await kiosk.begin()
    await kiosk.find_options()
    during = await kiosk.traces()
    await kiosk.field.fill("tätä en lähettänyt")

    await kiosk.finish()

    assert during == []
    assert await kiosk.traces() == []
    assert await kiosk.page.evaluate("history.length") == entries
    cookies = await kiosk.page.context.cookies()
    assert [(cookie["name"], cookie["httpOnly"]) for cookie in cookies] == [("opastin_kiosk", True)]
    content = await kiosk.page.evaluate("document.documentElement.outerHTML")
    assert WORDS not in content
    assert "lähettänyt" not in content


async def test_field_offers_nothing_of_earlier_visitors(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    for name, value in {"autocomplete": "off", "spellcheck": "false", "inputmode": "none"}.items():
        await expect(kiosk.field).to_have_attribute(name, value)


async def test_page_is_kept_by_no_cache(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()

    answer = await kiosk.page.request.get(f"{kiosk_gateway.url}kiosk")

    assert answer.headers["cache-control"] == "no-store"
    assert "trusted-types default" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_back_button_shows_the_first_screen(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()

    await kiosk.page.goto(f"{kiosk_gateway.url}healthz")
    await kiosk.page.go_back()

    await kiosk.expect_first_screen()
    assert await kiosk.messages.count() == 0
    await expect_count(kiosk_gateway, 0)


async def test_back_button_after_the_end_shows_the_first_screen(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.finish()

    await kiosk.page.goto(f"{kiosk_gateway.url}healthz")
    await kiosk.page.go_back()

    await kiosk.expect_first_screen()


async def test_closing_the_page_ends_the_visit(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()

    await kiosk.page.close(run_before_unload=False)

    await expect_count(kiosk_gateway, 0)


async def test_reload_ends_the_visit(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()

    await kiosk.page.reload()

    await kiosk.expect_first_screen()
    await expect_count(kiosk_gateway, 0)


async def test_visits_that_may_be_kept_are_closed_all_the_same(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    await kiosk_gateway.set(kiosk_keep="retention")
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.finish()

    assert await kiosk_gateway.count() == 1
    assert await kiosk_gateway.open_visits() == 0


async def test_words_cannot_be_copied_for_the_next_visitor(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    for kind in ("copy", "cut", "contextmenu", "dragstart"):
        is_let_through = await kiosk.field.evaluate(
            """(node, kind) => node.dispatchEvent(
                 new Event(kind, { bubbles: true, cancelable: true, composed: true }))""",
            kind,
        )
        assert not is_let_through, kind


@pytest.mark.parametrize("page_language", ["Suomi", "Svenska"])
async def test_plan_leaves_no_file_and_nothing_to_paste(
    open_kiosk: Any, kiosk_gateway: Any, page_language: str
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk_gateway.say(plan(kiosk_gateway.settings.today()))
    await kiosk_gateway.say(recognition())
    await expect(kiosk.messages).to_have_count(3)
    if page_language != "Suomi":
        await kiosk.touch(page_language)
        await kiosk_gateway.say(plan(kiosk_gateway.settings.today()))
        await expect(kiosk.messages).to_have_count(4)

    await expect(kiosk.button("Tulosta suunnitelma")).to_be_visible()
    for name in ("Tallenna askeleet", "Kopioi teksti", "Spara stegen", "Kopiera texten"):
        await expect(kiosk.page.locator("button", has_text=name)).to_have_count(0)


async def test_no_address_holds_a_token(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    tokens: list[str] = []

    async def note(response: Any) -> None:
        if response.url.endswith("/api/conversations"):
            tokens.append((await response.json())["token"])

    kiosk.page.on("response", note)
    await kiosk.begin()
    await kiosk.find_options()
    await kiosk.touch("Ota mukaan")
    await expect(kiosk.dialog.locator(".code")).to_be_visible()

    assert len(tokens) == 1
    assert [path for path in kiosk_gateway.requests if tokens[0] in path] == []


async def test_ten_visits_leave_the_memory_as_it_was(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    inspector = await kiosk.page.context.new_cdp_session(kiosk.page)
    heaps, nodes = [], []

    for _ in range(VISITS + 2):
        await kiosk.begin()
        await kiosk.find_options()
        await kiosk.finish()
        gc.collect()
        await inspector.send("HeapProfiler.collectGarbage")
        usage = await inspector.send("Runtime.getHeapUsage")
        counted = await inspector.send("Memory.getDOMCounters")
        heaps.append(usage["usedSize"])
        nodes.append(counted["nodes"])

    # The first two visits fill the browser's own caches.
    assert heaps[-1] - heaps[1] < ALLOWED_GROWTH_BYTES, heaps
    assert nodes[-1] <= nodes[1] * 1.1, nodes


async def expect_count(gateway: Any, count: int) -> None:
    """Wait until the service has so many conversations."""
    for _ in range(100):
        if await gateway.count() == count:
            return
        await asyncio.sleep(0.05)
    assert await gateway.count() == count
