"""Enrol a kiosk: an address that works once, and a page with one button."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from aiohttp import web

from coaching import kiosks
from web.devices import set_cookie
from web.keys import SETTINGS, STORAGE
from web.labels import Labels
from web.markup import PRIVATE, answer, build, page
from web.requests import language_of

STYLES = ("/widget/tokens.css", "/pages/pages.css")
_MAX_CODE = 100


async def ask(request: web.Request) -> web.Response:
    """Show the button, where the address still works."""
    if not await _works(request):
        return _gone(request)
    words = Labels(language_of(request), files=("pages",))
    form = build(
        "form",
        build("button", words.text("enrol.button"), type="submit", class_="button"),
        method="post",
    )
    return answer(_page(words, "title", build("p", words.text("enrol.lead"), class_="lead"), form))


async def enrol(request: web.Request) -> web.Response:
    """Use the address up, give the browser the device's token and go to the kiosk's page.

    The address stays in the browser's history, where it is of no use any longer.
    """
    # Whoever guesses must not keep others from writing.
    if not await _works(request):
        return _gone(request)
    code, now = _code(request), request.app[SETTINGS].now()
    token = await request.app[STORAGE].write(lambda session: kiosks.enrol(session, code, now=now))
    if token is None:
        return _gone(request)
    response = web.Response(status=303, headers={**PRIVATE, "Location": "/kiosk"})
    set_cookie(request, response, token)
    return response


async def _works(request: web.Request) -> bool:
    code, now = _code(request), request.app[SETTINGS].now()
    return await request.app[STORAGE].read(lambda session: kiosks.can_enrol(session, code, now=now))


def _code(request: web.Request) -> str:
    return request.match_info["code"][:_MAX_CODE]


def _gone(request: web.Request) -> web.Response:
    words = Labels(language_of(request), files=("pages",))
    content = build("p", words.text("enrol.gone"), class_="lead")
    return answer(_page(words, "gone_title", content), status=410)


def _page(words: Labels, title: str, *content: Element) -> Element:
    heading = words.text(f"enrol.{title}")
    return page(
        f"{heading} – Opastin",
        build("main", build("p", "Opastin", class_="name"), build("h1", heading), *content),
        language=words.language,
        styles=STYLES,
    )
