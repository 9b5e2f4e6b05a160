"""One script element on somebody else's page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import yaml
from aiohttp import web
from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.served import Served
from web.pages import words_file
from web.static_files import load_folder

WEB = Path(__file__).parents[2] / "web"
WIDGET = WEB / "static" / "widget"
LIMIT_BYTES = 25_000
# Menu, comparison, plans and the words of all languages among it.
ALL_LIMIT_BYTES = 45_000
LANGUAGES = ("fi", "sv", "en")
HOSTILE_STYLE = """
  html { font-size: 62.5%; } * { letter-spacing: 3px; }
  body { font: 30px serif; color: red; text-transform: uppercase; line-height: 3; }
  button { all: unset; } dialog { display: none !important; }
"""


@pytest_asyncio.fixture(loop_scope="session")
async def customer(gateway: Any) -> AsyncIterator[Served]:
    """Return a customer's page at another origin, which the service allows."""

    async def page(request: web.Request) -> web.Response:
        text = (
            "<!doctype html><html lang='sv'><title>Kommunen</title>"
            "<link rel='icon' href='data:,'><link rel='stylesheet' href='/style.css'>"
            "<body><main><h1>Kommunen</h1><button>Sök</button></main>"
            f"<script src='{gateway.url}widget.js' data-language='sv' defer></script>"
            f"<script src='{gateway.url}widget.js' data-language='sv' defer></script>"
        )
        home = gateway.url.rstrip("/")
        policy = (
            f"default-src 'none'; script-src {home}; style-src 'self'; img-src data:; "
            f"connect-src {home} {home.replace('http', 'ws')}; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        return web.Response(
            text=text, content_type="text/html", headers={"Content-Security-Policy": policy}
        )

    async def style(request: web.Request) -> web.Response:
        return web.Response(text=HOSTILE_STYLE, content_type="text/css")

    def create_app() -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/", page), web.get("/style.css", style)])
        return app

    async with Served(create_app) as served:
        gateway.allow(served.url.rstrip("/"))
        await gateway.served.stop()
        await gateway.served.start()
        yield served


async def test_page_of_another_origin_needs_one_line(
    new_page: Any, gateway: Any, customer: Served
) -> None:
    chat = Chat(await new_page(customer.url, also=gateway.url))

    await chat.launch()
    await chat.say("jag är närvårdare")

    await chat.expect_count(3)
    await gateway.followed()
    assert await chat.page.locator("opastin-chat").count() == 1


async def test_style_of_the_page_does_not_reach_the_chat(
    new_page: Any, gateway: Any, customer: Served
) -> None:
    chat = Chat(await new_page(customer.url, also=gateway.url))
    await chat.launch()

    style = await chat.messages.first.evaluate(
        """(node) => {
             const { fontSize, textTransform, letterSpacing, color } = getComputedStyle(node);
             return [fontSize, textTransform, letterSpacing, color];
           }"""
    )

    assert style == ["16px", "none", "normal", "rgb(23, 33, 43)"]


async def test_page_may_set_the_brand(open_chat: Any) -> None:
    chat = await open_chat(launched=False)
    await expect(chat.launcher).to_be_visible()

    await chat.page.evaluate(
        "() => document.querySelector('opastin-chat').style.setProperty('--brand', '#123456')"
    )

    await expect(chat.launcher).to_have_css("background-color", "rgb(18, 52, 86)")


async def test_page_may_open_the_chat_without_taking_the_focus(
    open_chat: Any, gateway: Any
) -> None:
    gateway.script_attributes = 'data-language="fi" data-open="true"'
    chat = await open_chat(launched=False)

    await expect(chat.panel).to_be_visible()
    await chat.expect_count(1)
    assert await chat.focused() == "body"


async def test_page_without_the_service_for_a_moment_gets_its_chat_later(
    new_page: Any, gateway: Any
) -> None:
    gateway.closed = {"GET /widget/strings/{language}.json"}
    chat = Chat(await new_page(gateway.url))
    await expect(chat.launcher).to_have_count(0)

    gateway.closed = set()

    await expect(chat.launcher).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_visit_that_comes_to_options_is_small_as_sent(
    new_page: Any, gateway: Any, language: str
) -> None:
    gateway.script_attributes = f'data-language="{language}"'
    page = await new_page(f"{gateway.url}healthz")
    sent: dict[str, int] = {}

    async def weigh(request: Any) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/widget"):
            sent[path] = (await request.sizes())["responseBodySize"]

    page.on("requestfinished", weigh)
    await page.goto(gateway.url)
    chat = Chat(page)
    await chat.launch()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.say("iltaisin")
    await expect(chat.cards).to_have_count(3)

    assert {"/widget.js", f"/widget/strings/{language}.json", "/widget/card.js"} <= sent.keys()
    assert "/widget/menu.js" not in sent
    assert 10_000 < sum(sent.values()) < LIMIT_BYTES, sent


def test_everything_that_the_widget_may_ever_load_is_small() -> None:
    files = load_folder(WIDGET, lean=True).values()
    words = [words_file(f"{code}{more}") for code in LANGUAGES for more in ("", "-more")]
    assert sum(len(file.packed or file.body) for file in (*files, *words)) < ALL_LIMIT_BYTES


def test_languages_have_the_same_words() -> None:
    for more in ("", "-more"):
        fi, sv, en = (
            _names(yaml.safe_load((WEB / f"strings/widget{more}.{language}.yml").read_text()))
            for language in LANGUAGES
        )
        assert fi == sv == en


def _names(words: Any, before: str = "") -> set[str]:
    if not isinstance(words, dict):
        assert isinstance(words, str) and words, before
        places = sorted(part.split("}")[0] for part in words.split("{")[1:])
        return {f"{before} {places}"}
    return {name for key, value in words.items() for name in _names(value, f"{before}.{key}")}
