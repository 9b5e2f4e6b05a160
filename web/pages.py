"""The demo page and the files of the widget."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from opastin.texts import LANGUAGES
from web.errors import ApiError
from web.wording import load_strings

HERE = Path(__file__).parent
DEMO = HERE / "templates" / "demo"
WIDGET = HERE / "static" / "widget"


async def demo(request: web.Request) -> web.FileResponse:
    """Show a page that embeds the widget exactly as a customer's page would."""
    return web.FileResponse(DEMO / "index.html")


async def widget(request: web.Request) -> web.FileResponse:
    """Hand out the one script that a page needs."""
    return web.FileResponse(WIDGET / "widget.js")


async def widget_strings(request: web.Request) -> web.Response:
    """Hand out the widget's words in one language."""
    language = request.match_info["language"]
    if language not in LANGUAGES:
        raise ApiError("not_found")
    return web.json_response(load_strings(f"widget.{language}"))
