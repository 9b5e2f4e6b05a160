"""The kiosk's page, its words, and codes for pages that its screen does not open."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from catalog.search import find_option
from opastin.texts import LANGUAGES
from web.bodies import read_body
from web.devices import read_device
from web.errors import ApiError
from web.keys import CATALOG
from web.middlewares import PAGE_POLICY
from web.qr import fits, qr_svg
from web.static_files import SentFile, json_file
from web.wording import load_strings

HERE = Path(__file__).parent
PAGE = HERE / "templates" / "kiosk" / "index.html"
ASSETS = HERE / "static" / "kiosk"
VENDOR = HERE / "static" / "vendor"

# The one Trusted Types policy that the page may have; static/kiosk/keyboard.js keeps text text.
# The frame is for paper.
KIOSK_POLICY = f"{PAGE_POLICY}; frame-src 'self'; trusted-types default"


async def kiosk(request: web.Request) -> web.Response:
    """Show the kiosk's page, which no browser may keep."""
    return web.Response(
        text=PAGE.read_text(encoding="utf-8"),
        content_type="text/html",
        headers={"Cache-Control": "no-store", "Content-Security-Policy": KIOSK_POLICY},
    )


async def kiosk_strings(request: web.Request) -> web.Response:
    """Hand out the kiosk's words in every language, because its first screen speaks them all."""
    return _strings().answer(request)


async def option_code(request: web.Request) -> web.Response:
    """Answer with the address of an option's own page, and a QR code of it, null if too long."""
    await read_device(request)
    body = await read_body(request, {"option"})
    option_id = body.get("option")
    if not isinstance(option_id, str) or not option_id.isprintable():
        raise ApiError("wrong_value", name="option")
    url = await asyncio.to_thread(_address_of, request.app, option_id)
    # What providers write need not be a web address.
    if url is None or not url.startswith(("https://", "http://")):
        raise ApiError("unknown_option")
    return web.json_response({"url": url, "qr_svg": qr_svg(url) if fits(url) else None})


def _address_of(app: web.Application, option_id: str) -> str | None:
    with app[CATALOG]() as session:
        found = (candidate.url for candidate in find_option(session, option_id))
        return next(found, None)


@lru_cache(maxsize=1)
def _strings() -> SentFile:
    return json_file({language: load_strings(f"kiosk.{language}") for language in LANGUAGES})
