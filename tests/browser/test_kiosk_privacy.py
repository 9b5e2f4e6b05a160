"""What is left of a visit when it is over: nothing, on screen, in the browser, at the service."""

from __future__ import annotations

import asyncio
import gc
from datetime import datetime, timezone
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.browser.kiosk import Kiosk
from tests.browser.rare_replies import plan, recognition
from tests.browser.replies import bot

WORDS = "olen lähihoitaja"
PLANTED = "viinitarhurinoppi"
# As the settings have it.
IDLE, WARNING = 90, 20
VISITS = 10
# What ten visits may add to the heap: noise, not a visit's worth.
ALLOWED_GROWTH_BYTES = 300_000


@pytest.fixture
def open_timed(open_kiosk: Any) -> Any:
    """Return a function that begins a visit whose time a test may turn forward."""

    async def open_timed(**wishes: Any) -> Kiosk:
        kiosk: Kiosk = await open_kiosk()
        await kiosk.page.clock.install()
        await kiosk.begin(**wishes)
        return kiosk

    return open_timed


async def pass_time(kiosk: Kiosk, seconds: float) -> None:
    """Let time pass in the page, in which nobody does anything."""
    await kiosk.page.clock.fast_forward(int(seconds * 1000))


async def test_time_out_warns_and_can_be_extended_and_then_wipes(
    open_timed: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_timed()

    await pass_time(kiosk, IDLE - 5)
    await expect(kiosk.warning).to_be_hidden()
    await pass_time(kiosk, 6)
    await expect(kiosk.warning).to_be_visible()
    await expect(kiosk.warning).to_contain_text("sekunnin kuluttua")
    await expect(kiosk.button("Olen, jatketaan")).to_be_focused()
    await kiosk.touch("Olen, jatketaan")
    await expect(kiosk.warning).to_be_hidden()
    assert await kiosk_gateway.open_visits() == 1

    await pass_time(kiosk, IDLE + 1)
    await expect(kiosk.warning).to_be_visible()
    await pass_time(kiosk, WARNING + 1)
    await kiosk.expect_first_screen()
    await expect_count(kiosk_gateway, 0)
    assert await kiosk.page.locator(".message").count() == 0


async def test_signs_of_life_put_the_warning_off(open_timed: Any) -> None:
    kiosk = await open_timed()

    for _ in range(3):
        await pass_time(kiosk, IDLE - 10)
        await kiosk.page.keyboard.press("Shift")

    await expect(kiosk.warning).to_be_hidden()
    await pass_time(kiosk, IDLE + 1)
    await expect(kiosk.warning).to_be_visible()
    await kiosk.page.keyboard.press("Escape")
    await expect(kiosk.warning).to_be_hidden()


async def test_two_people_have_twice_the_time(open_timed: Any) -> None:
    kiosk = await open_timed(people="Olemme kahdestaan")

    await pass_time(kiosk, 2 * IDLE - 5)

    await expect(kiosk.warning).to_be_hidden()
    await pass_time(kiosk, 6)
    await expect(kiosk.warning).to_be_visible()


@pytest.mark.parametrize("state", ["waiting", "with_coach"])
async def test_who_waits_for_a_coach_or_talks_with_one_has_twice_the_time(
    open_timed: Any, kiosk_gateway: Any, state: str
) -> None:
    kiosk = await open_timed()
    handoff = {"kind": "handoff", "state": state, "name": "Maija", "position": 0}
    await kiosk_gateway.say(bot("", custom=handoff, speaker="system"))
    await expect(kiosk.page.locator(".across")).to_be_visible()

    await pass_time(kiosk, 2 * IDLE - 5)

    await expect(kiosk.warning).to_be_hidden()
    await pass_time(kiosk, 6)
    await expect(kiosk.warning).to_be_visible()


async def test_visit_can_be_ended_from_the_warning(open_timed: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_timed()
    await pass_time(kiosk, IDLE + 1)

    await kiosk.touch("Lopeta nyt")

    await kiosk.expect_first_screen()
    await expect_count(kiosk_gateway, 0)


@pytest.mark.parametrize("dialog", ["Ota mukaan", "Jatka puhelimella", "Lopeta"])
async def test_whoever_walks_away_from_a_dialog_leaves_nothing(
    open_timed: Any, dialog: str
) -> None:
    kiosk = await open_timed()
    await kiosk.find_options()
    await kiosk.touch(dialog)
    await expect(kiosk.dialog).to_be_visible()

    await pass_time(kiosk, IDLE + 1)
    await expect(kiosk.warning).to_be_visible()
    await pass_time(kiosk, WARNING + 1)

    await kiosk.expect_first_screen()
    await expect(kiosk.dialog).to_be_hidden()


async def test_a_clock_that_is_set_back_keeps_no_visit_open(open_timed: Any) -> None:
    kiosk = await open_timed()
    await pass_time(kiosk, IDLE + 1)
    await expect(kiosk.warning).to_be_visible()

    await kiosk.page.clock.set_system_time(datetime(2020, 1, 1, tzinfo=timezone.utc))
    await pass_time(kiosk, WARNING + 1)

    await kiosk.expect_first_screen()


async def test_a_voice_that_never_ends_keeps_no_visit_open(open_timed: Any) -> None:
    kiosk = await open_timed()
    await kiosk.page.evaluate(
        "Object.defineProperty(speechSynthesis, 'speaking', { get: () => true })"
    )

    await pass_time(kiosk, IDLE + 1)
    await expect(kiosk.warning).to_be_hidden()
    for _ in range(4):
        await pass_time(kiosk, IDLE + 1)

    await expect(kiosk.warning).to_be_visible()


async def test_power_that_fails_in_mid_visit_leaves_nothing_at_the_service(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    # What the page says as it goes is not heard.
    kiosk_gateway.closed = {"POST /api/kiosk/end"}
    await kiosk.page.reload()
    await expect(kiosk.page.locator(".away")).to_be_visible()
    assert await kiosk_gateway.open_visits() == 1

    kiosk_gateway.closed = set()

    await kiosk.expect_first_screen()
    await expect_count(kiosk_gateway, 0)


async def test_whoever_leaves_before_the_visit_has_begun_leaves_nothing(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    begun, left = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        begun.set()
        await left.wait()
        await route.fulfill(response=answer)

    await kiosk.page.route("**/api/conversations", hold)
    await kiosk.touch("Aloita suomeksi")
    await kiosk.touch("Olen yksin")
    await asyncio.wait_for(begun.wait(), 20)
    assert await kiosk_gateway.open_visits() == 1
    # The page waits with the first screen, so that it is the old one that hears the answer.
    kiosk_gateway.closed = {"GET /readyz"}
    await kiosk.touch("Lopeta")
    await kiosk.touch("Lopeta ja tyhjennä")
    await expect(kiosk.page.locator(".away")).to_be_visible()

    left.set()

    await expect_count(kiosk_gateway, 0)
    kiosk_gateway.closed = set()
    await kiosk.expect_first_screen()


@pytest.mark.parametrize("is_away", [False, True])
async def test_no_word_is_left_in_the_memory_of_the_page(
    open_kiosk: Any, kiosk_gateway: Any, is_away: bool
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.field.fill(f"{PLANTED} sent")
    await kiosk.field.press("Enter")
    await expect(kiosk.messages).to_have_count(3)
    await kiosk.field.fill(f"{PLANTED} not sent")
    assert PLANTED in await heap_of(kiosk)

    if is_away:
        await kiosk_gateway.served.stop()
        await kiosk.touch("Lopeta")
        await kiosk.touch("Lopeta ja tyhjennä")
        await expect(kiosk.page.locator(".away")).to_be_visible()
    else:
        await kiosk.finish()

    assert PLANTED not in await heap_of(kiosk)


async def heap_of(kiosk: Kiosk) -> str:
    """Return a snapshot of all that the page's scripts can reach, as text."""
    inspector = await kiosk.page.context.new_cdp_session(kiosk.page)
    chunks: list[str] = []
    inspector.on("HeapProfiler.addHeapSnapshotChunk", lambda part: chunks.append(part["chunk"]))
    await inspector.send("HeapProfiler.collectGarbage")
    await inspector.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    await inspector.detach()
    return "".join(chunks)


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

    for kind in ("copy", "cut", "contextmenu", "dragstart", "dragover", "drop"):
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
