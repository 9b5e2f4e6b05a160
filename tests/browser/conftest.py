"""A real Chromium, a scripted gateway, and a watch over what every page asks and logs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from playwright.async_api import Error as PlaywrightError

from tests.browser.chat import Chat
from tests.browser.kiosk import SCREEN, Kiosk
from tests.browser.kiosk_gateway import KioskGateway
from tests.browser.scripted_gateway import ScriptedGateway

CHROMIUM = Path(os.environ.get("OPASTIN_TEST_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MILLISECONDS = 20_000
# Counts the violations of the page's policy, Trusted Types included.
VIOLATIONS = "() => globalThis.violations ?? []"
COUNT_VIOLATIONS = """
  globalThis.violations = [];
  addEventListener("securitypolicyviolation", (event) =>
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in one event loop, so that they share one browser."""
    for item in items:
        is_ours = Path(__file__).parent in item.path.parents
        if is_ours and iscoroutinefunction(getattr(item, "function", None)):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if os.environ.get("CI") == "true":
                # A busy machine may starve a browser for seconds; the report tells what ran twice.
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Return Chromium; without one the test is skipped, but not where tests must all run."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing; install Chromium or set OPASTIN_TEST_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def gateway(tmp_path: Path) -> AsyncIterator[ScriptedGateway]:
    """Return the real gateway before a scripted bot, at an address of its own."""
    scripted = ScriptedGateway(tmp_path)
    async with scripted.served:
        yield scripted


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser: Browser) -> AsyncIterator[Callable[..., Any]]:
    """Return a function that opens a page at an address and watches over it to the end.

    The page may ask nothing of any origin but its own and that of the address `also`.
    """
    contexts: list[BrowserContext] = []
    watched: list[tuple[Page, list[str]]] = []

    async def open_page(
        url: str, *, also: str = "", cookies: Any = (), script: str = "", **settings: Any
    ) -> Page:
        settings.setdefault("viewport", {"width": 1280, "height": 800})
        context = await browser.new_context(**settings)
        contexts.append(context)
        await context.add_cookies(list(cookies))
        await context.add_init_script(COUNT_VIOLATIONS + script)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        complaints: list[str] = []
        homes = {_host(url), _host(also)}
        page.on("request", lambda request: _note_outside(request.url, homes, complaints))
        page.on("websocket", lambda socket: _note_outside(socket.url, homes, complaints))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda message: _note_policy(message.text, complaints))
        watched.append((page, complaints))
        await page.goto(url)
        return page

    yield open_page
    for page, complaints in watched:
        if not page.is_closed() and page.url.startswith("http"):
            complaints += await _violations(page)
    for context in contexts:
        await context.close()
    assert [complaints for _, complaints in watched if complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(new_page: Callable[..., Any], gateway: ScriptedGateway) -> Callable[..., Any]:
    """Return a function that opens the demo page and, by its launcher, the chat."""

    async def open_it(*, launched: bool = True, **settings: Any) -> Chat:
        chat = Chat(await new_page(gateway.url, **settings))
        if launched:
            await chat.launch()
        return chat

    return open_it


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk_gateway(tmp_path: Path) -> AsyncIterator[KioskGateway]:
    """Return the scripted gateway of a library with a kiosk."""
    scripted = KioskGateway(tmp_path)
    async with scripted.served:
        yield scripted


@pytest_asyncio.fixture(loop_scope="session")
async def open_kiosk(
    new_page: Callable[..., Any], kiosk_gateway: KioskGateway
) -> Callable[..., Any]:
    """Return a function that opens the kiosk's page on an enrolled device with a touch screen."""

    async def open_it(**settings: Any) -> Kiosk:
        settings = {"viewport": SCREEN, "has_touch": True, **settings}
        cookies = [await kiosk_gateway.enrol()]
        page = await new_page(f"{kiosk_gateway.url}kiosk", cookies=cookies, **settings)
        kiosk = Kiosk(page)
        await kiosk.expect_first_screen()
        return kiosk

    return open_it


async def _violations(page: Page) -> list[str]:
    """Return what broke the policy; a page that is just going on is asked when it is there."""
    try:
        return list(await page.evaluate(VIOLATIONS))
    except PlaywrightError:
        await page.wait_for_load_state()
        return list(await page.evaluate(VIOLATIONS))


def _note_outside(address: str, homes: set[str], complaints: list[str]) -> None:
    if not address.startswith("data:") and _host(address) not in homes:
        complaints.append(f"request to another origin: {address}")


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _note_policy(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text or "Trusted" in text:
        complaints.append(text)
