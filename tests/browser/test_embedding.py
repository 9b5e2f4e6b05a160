"""One script element on somebody else's page."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
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
from web.keys import HUB
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


@dataclass
class Site:
    """Pages of somebody else, at another origin that the service allows."""

    url: str = ""
    service: str = ""
    pages: dict[str, web.Response] = field(default_factory=dict)

    def put(self, path: str, html: str, policy: str | None = None) -> str:
        """Keep a page, `{src}` in it standing for the widget's address; return its address."""
        text = html.replace("{src}", f"{self.service}widget.js")
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        headers = {} if policy is None else {"Content-Security-Policy": policy}
        self.pages[path] = web.Response(text=text, content_type=kind, headers=headers)
        return self.url.rstrip("/") + path


@pytest_asyncio.fixture(loop_scope="session")
async def site(gateway: Any) -> AsyncIterator[Site]:
    """Return a site without pages."""
    kept = Site()

    async def page(request: web.Request) -> web.Response:
        found = kept.pages[request.path]
        return web.Response(body=found.body, headers=found.headers)

    def create_app() -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/{path:.*}", page)])
        return app

    async with Served(create_app) as served:
        gateway.allow(served.url.rstrip("/"))
        await gateway.served.stop()
        await gateway.served.start()
        kept.url, kept.service = served.url, gateway.url
        yield kept


HEAD = "<title>Kunta</title><link rel='icon' href='data:,'>"
SCRIPT = "<script src='{src}' data-language='fi' defer></script>"
COVERING = """
  body > * { position: relative; z-index: 0; transform: translateZ(0); overflow: hidden;
             filter: grayscale(0); contain: layout; }
  header { z-index: 100; background: pink; position: fixed; inset: 0; }
"""
HOSTS = {
    "base": f"<html lang='fi'><base href='https://elsewhere.example/x/'>{HEAD}<body>{SCRIPT}",
    "right to left": f"<html lang='ar' dir='rtl'>{HEAD}<body>{SCRIPT}",
    "module": f"<html lang='fi'>{HEAD}<body>{SCRIPT.replace('defer', 'type=module')}",
    "head": f"<html lang='fi'>{SCRIPT.replace('defer', '')}{HEAD}<body><main>Kunta</main>",
    "async": f"<html lang='fi'>{SCRIPT.replace('defer', 'async')}{HEAD}<body><main>Kunta</main>",
    "covering": f"<html lang='fi'>{HEAD}<style>{COVERING}</style><body><header>x</header>{SCRIPT}",
    "nonce": f"<html lang='fi'>{HEAD}<body>{SCRIPT.replace('defer', 'defer nonce=n1')}",
    "old doctype": f"<html>{HEAD}<body style='zoom: 1.5'><center>Kunta</center>{SCRIPT}",
}
POLICIES = {
    "nonce": "default-src 'none'; script-src 'nonce-n1' 'strict-dynamic'; img-src data:; "
    "connect-src {home} {socket}; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'",
}


@pytest.mark.parametrize("kind", HOSTS)
async def test_chat_works_on_every_kind_of_page(
    new_page: Any, gateway: Any, site: Site, kind: str
) -> None:
    home = gateway.url.rstrip("/")
    policy = POLICIES.get(kind, "") and POLICIES[kind].format(
        home=home, socket=home.replace("http", "ws")
    )
    doctype = "" if kind == "old doctype" else "<!doctype html>"
    address = site.put("/", doctype + HOSTS[kind], policy or None)
    chat = Chat(await new_page(address, also=gateway.url))

    launcher = await chat.launcher.bounding_box()
    await chat.launch()
    await chat.say("olen lähihoitaja")

    await chat.expect_count(3)
    await gateway.followed()
    panel = await chat.panel.bounding_box()
    for box in (launcher, panel):
        assert box is not None
        assert abs(box["x"] + box["width"] - 1260) <= 10, box
        assert abs(box["y"] + box["height"] - 780) <= 10, box
    await expect(chat.messages.first).to_have_css("direction", "ltr")


async def test_chat_works_in_a_frame_of_the_customers(
    new_page: Any, gateway: Any, site: Site
) -> None:
    site.put("/inner", f"<!doctype html><html lang='fi'>{HEAD}<body>{SCRIPT}")
    outer = f"<!doctype html><html lang='fi'>{HEAD}<body><iframe src='/inner' title='Chat'"
    address = site.put("/", f"{outer} width='1000' height='700'></iframe>")
    page = await new_page(address, also=gateway.url)
    inside = page.frame_locator("iframe")

    await inside.locator(".launcher").click()
    await inside.locator("textarea").fill("olen lähihoitaja")
    await inside.locator("textarea").press("Enter")

    await expect(inside.locator(".message")).to_have_count(3)


async def test_frame_that_may_do_nothing_is_told_calmly(
    new_page: Any, gateway: Any, site: Site
) -> None:
    site.put("/inner", f"<!doctype html><html lang='fi'>{HEAD}<body>{SCRIPT}")
    outer = f"<!doctype html><html lang='fi'>{HEAD}<body><iframe src='/inner' title='Chat'"
    address = site.put("/", f"{outer} width='1000' height='700' sandbox='allow-scripts'></iframe>")
    page = await new_page(address, also=gateway.url)
    inside = page.frame_locator("iframe")

    await inside.locator(".launcher").click()

    await expect(inside.locator(".ending")).to_contain_text("ei juuri nyt vastaa")
    assert await gateway.count() == 0


async def test_page_of_an_origin_that_is_not_allowed_gets_no_conversation(
    new_page: Any, gateway: Any, site: Site
) -> None:
    gateway.settings = dataclasses.replace(gateway.settings, allowed_origins=())
    await gateway.served.stop()
    await gateway.served.start()
    address = site.put("/", f"<!doctype html><html lang='fi'>{HEAD}<body>{SCRIPT}")
    chat = Chat(await new_page(address, also=gateway.url))

    await chat.launcher.click()

    await expect(chat.ending).to_contain_text("ei juuri nyt vastaa")
    assert await gateway.count() == 0


async def test_policy_without_sockets_leaves_plain_requests(
    browser: Any, gateway: Any, site: Site
) -> None:
    home = gateway.url.rstrip("/")
    policy = f"default-src 'none'; script-src {home}; connect-src {home}; img-src data:"
    address = site.put("/", f"<!doctype html><html lang='fi'>{HEAD}<body>{SCRIPT}", policy)
    # Not watched: this page's policy is broken on purpose.
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(address)
    chat = Chat(page)

    await chat.launch()
    await chat.say("olen lähihoitaja")

    await chat.expect_count(3)
    await context.close()


async def test_element_that_is_moved_goes_on(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)

    await chat.page.evaluate(
        "() => document.querySelector('main').append(document.querySelector('opastin-chat'))"
    )

    await chat.expect_count(3)
    await chat.say("ja vielä")
    await chat.expect_count(5)
    await gateway.followed()
    assert gateway.app[HUB].count() == 1


async def test_element_that_is_taken_away_is_silent(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await gateway.followed()

    await chat.page.evaluate("() => document.querySelector('opastin-chat').remove()")

    await gateway.forsaken()


async def test_page_is_printed_without_the_chat_on_it(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.page.emulate_media(media="print")

    await expect(chat.panel).to_be_hidden()
    await expect(chat.page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    "fault",
    [
        "get() { throw new DOMException('no', 'SecurityError'); }",
        "value: { getItem: () => null, removeItem() {}, setItem() { throw new Error('full'); } }",
        "value: { getItem: () => '[5', removeItem() {}, setItem() {} }",
        'value: { getItem: () => \'{"queue": 7, "token": null}\', setItem() {} }',
    ],
    ids=["blocked", "full", "broken", "strange"],
)
async def test_browser_that_keeps_nothing_still_has_a_chat(
    new_page: Any, gateway: Any, fault: str
) -> None:
    script = f"Object.defineProperty(globalThis, 'sessionStorage', {{ {fault} }});"
    chat = Chat(await new_page(gateway.url, script=script))

    await chat.launch()
    await chat.say("olen lähihoitaja")

    await chat.expect_count(3)
    await chat.page.keyboard.press("Escape")
    await chat.launcher.click()
    await chat.expect_count(3)


async def test_page_that_wants_the_chat_open_is_not_covered_by_it(
    open_chat: Any, gateway: Any
) -> None:
    gateway.script_attributes = 'data-language="fi" data-open="true"'

    chat = await open_chat(launched=False, viewport={"width": 360, "height": 740})

    await expect(chat.launcher).to_be_visible()
    await expect(chat.panel).to_be_hidden()
    assert await gateway.count() == 0


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
