"""Pages to take home over HTTP: made with a conversation's token, read with their own key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import take_home
from coaching.models import Conversation
from coaching.take_home import Page
from opastin.settings import TIME_ZONE
from web import take_home_page
from web.addresses import public_address
from web.calendar_file import calendar_of
from web.errors import ApiError
from web.keys import SETTINGS, STORAGE
from web.markup import POLICY, PRIVATE, answer
from web.opened import in_conversation
from web.requests import language_of
from web.take_home import make_page
from web.take_home_page import Visit, dated_steps

# A kiosk prints the page out of a frame on its own.
PAPER_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_MAX_KEY = 64


async def make(request: web.Request) -> web.Response:
    """Store a conversation's page and answer with its address."""
    address = public_address(request)
    lives = timedelta(days=request.app[SETTINGS].take_home_days)

    def work(session: Session, conversation: Conversation, now: datetime) -> dict[str, Any] | None:
        return make_page(session, conversation, address, now + lives)

    part = await in_conversation(request, work)
    if part is None:
        raise ApiError("nothing_to_take")
    return web.json_response(part)


async def show(request: web.Request) -> web.Response:
    """Show a page; one that has expired or never was says what to do instead."""
    page = await _find(request)
    if isinstance(page, web.Response):
        return page
    visit = Visit(
        address=f"{public_address(request)}/k/{page.key}",
        today=request.app[SETTINGS].now().date(),
        expires=page.expires_at.astimezone(TIME_ZONE).date(),
    )
    return answer(take_home_page.show(page, visit), policy=PAPER_POLICY)


async def calendar(request: web.Request) -> web.Response:
    """Answer with a page's dates as a calendar file."""
    page = await _find(request)
    if isinstance(page, web.Response):
        return page
    now = request.app[SETTINGS].now()
    file = calendar_of(dated_steps(page), conversation=page.key, language=page.language, now=now)
    return web.Response(
        body=file,
        content_type="text/calendar",
        charset="utf-8",
        headers={**PRIVATE, "Content-Disposition": 'attachment; filename="opastin.ics"'},
    )


async def _find(request: web.Request) -> Page | web.Response:
    """Return the page of an address, or what is answered in its place."""
    key = request.match_info["key"]
    is_key = len(key) <= _MAX_KEY and key.isascii() and key.isprintable()
    storage = request.app[STORAGE]
    page = await storage.read(lambda session: take_home.find(session, key)) if is_key else None
    if page is None:
        return answer(take_home_page.missing(language_of(request)), status=404)
    if page.expires_at < request.app[SETTINGS].now():
        return answer(take_home_page.expired(page.language, page.plain_language), status=410)
    return page
