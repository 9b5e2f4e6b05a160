"""The demo page and the files of the widget."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from aiohttp import web

from opastin.texts import LANGUAGES
from web.errors import ApiError
from web.static_files import SentFile, json_file, load_file
from web.wording import load_strings

HERE = Path(__file__).parent
DEMO = HERE / "templates" / "demo"
WIDGET = HERE / "static" / "widget"
PAGES = HERE / "static" / "pages"
PLAIN = HERE / "static" / "plain"
# The words of the widget's menu and rare views, which most visits never fetch.
MORE = "-more"


async def demo(request: web.Request) -> web.Response:
    """Show a page that embeds the widget exactly as a customer's page would."""
    return load_file(DEMO / "index.html").answer(request)


async def widget(request: web.Request) -> web.Response:
    """Hand out the one script that a page needs."""
    return load_file(WIDGET / "widget.js", lean=True).answer(request)


async def widget_strings(request: web.Request) -> web.Response:
    """Hand out the widget's words in one language, or those that few visits need ("fi-more")."""
    name = request.match_info["language"]
    if name.removesuffix(MORE) not in LANGUAGES:
        raise ApiError("not_found")
    return words_file(name).answer(request)


@lru_cache(maxsize=16)
def words_file(name: str) -> SentFile:
    """Return a file of the widget's words: a language, or a language and "-more"."""
    language = name.removesuffix(MORE)
    return json_file(load_strings(f"widget{name.removeprefix(language)}.{language}"))
