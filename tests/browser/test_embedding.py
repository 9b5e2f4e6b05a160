"""One script element on somebody else's page."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
import yaml
from aiohttp import web
from playwright.async_api import expect

from tests.browser.chat import Chat
from tests.browser.served import Served

WEB = Path(__file__).parents[2] / "web"
WIDGET = WEB / "static" / "widget"
LIMIT_BYTES = 25_000
RARE_LIMIT_BYTES = 4_500
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


def test_widget_without_its_comments_is_small() -> None:
    words = [yaml.safe_load((WEB / f"strings/widget.{code}.yml").read_text()) for code in LANGUAGES]
    longest = max(len(gzip.compress(json.dumps(text).encode())) for text in words)
    at_start = {"widget.js", *_reached_from("chat.js")}
    others = {path.name for path in WIDGET.iterdir() if path.suffix in (".js", ".css")} - at_start

    assert _size(at_start) + longest < LIMIT_BYTES
    # What is fetched when the first reply comes that needs it.
    assert {"plan.js", "parts.css"} <= others
    assert _size(others) < RARE_LIMIT_BYTES


def test_languages_have_the_same_words() -> None:
    fi, sv, en = (
        _names(yaml.safe_load((WEB / f"strings/widget.{language}.yml").read_text()))
        for language in LANGUAGES
    )
    assert fi == sv == en


def _reached_from(name: str) -> set[str]:
    """Return the files that a module loads before it runs, and the styles it names."""
    text = (WIDGET / name).read_text()
    modules = re.findall(r'from "\./(\w+\.js)"', text)
    styles = re.findall(r'"(\w+\.css)"', text) if name == "chat.js" else []
    return {name, *styles}.union(*map(_reached_from, modules))


def _size(names: set[str]) -> int:
    texts = ((WIDGET / name).read_text() for name in names)
    return sum(len(gzip.compress(_without_comments(text))) for text in texts)


def _without_comments(text: str) -> bytes:
    return re.sub(r"(?m)^ *//.*\n|/\*[^*]*\*/\n?", "", text).encode()


def _names(words: Any, before: str = "") -> set[str]:
    if not isinstance(words, dict):
        assert isinstance(words, str) and words, before
        places = sorted(part.split("}")[0] for part in words.split("{")[1:])
        return {f"{before} {places}"}
    return {name for key, value in words.items() for name in _names(value, f"{before}.{key}")}
