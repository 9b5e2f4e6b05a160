"""Pages to take home over HTTP: made with a conversation's token, read with their own key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import take_home
from coaching.conversations import hash_of
from coaching.take_home import Page
from opastin.settings import TIME_ZONE
from web import take_home_page
from web.addresses import public_address
from web.calendar_file import calendar_of
from web.errors import ApiError
from web.keys import LIMITS, SETTINGS, STORAGE, TURNS
from web.markup import PRIVATE, answer
from web.requests import language_of, read_token, speak
from web.take_home import make_page
from web.take_home_page import Visit, dated_steps

_MAX_KEY = 64


async def make(request: web.Request) -> web.Response:
    """Store a conversation's page and answer with its address."""
    token = read_token(request)
    conversation_id = request.match_info["conversation"]
    app = request.app
    await app[LIMITS].take_message(hash_of(token))
    now = app[SETTINGS].now()
    expires = now + timedelta(days=app[SETTINGS].take_home_days)
    address = public_address(request)

    def work(session: Session) -> tuple[str, dict[str, Any] | None]:
        conversation = app[TURNS].doorkeeper.open(
            session, token, now=now, conversation_id=conversation_id
        )
        return conversation.language, make_page(session, conversation, address, expires)

    language, part = await app[STORAGE].write(work)
    speak(request, language)
    if part is None:
        raise ApiError("nothing_to_take")
    return web.json_response(part)


async def show(request: web.Request) -> web.Response:
    """Show a page; one that has expired or never was says what to do instead."""
    page = await _find(request)
    now = request.app[SETTINGS].now()
    if page is None:
        return answer(take_home_page.missing(language_of(request), expired=False), status=404)
    if page.expires_at < now:
        return answer(take_home_page.missing(page.language, expired=True), status=410)
    visit = Visit(
        address=f"{public_address(request)}/k/{page.key}",
        today=now.date(),
        expires=page.expires_at.astimezone(TIME_ZONE).date(),
    )
    return answer(take_home_page.show(page, visit))


async def calendar(request: web.Request) -> web.Response:
    """Answer with a page's dates as a calendar file."""
    page = await _find(request)
    now = request.app[SETTINGS].now()
    if page is None:
        return answer(take_home_page.missing(language_of(request), expired=False), status=404)
    if page.expires_at < now:
        return answer(take_home_page.missing(page.language, expired=True), status=410)
    file = calendar_of(dated_steps(page), conversation=page.key, language=page.language, now=now)
    return web.Response(
        body=file,
        content_type="text/calendar",
        charset="utf-8",
        headers={**PRIVATE, "Content-Disposition": 'attachment; filename="opastin.ics"'},
    )


async def _find(request: web.Request) -> Page | None:
    key = request.match_info["key"]
    if len(key) > _MAX_KEY or not key.isascii() or not key.isprintable():
        return None
    return await request.app[STORAGE].read(lambda session: take_home.find(session, key))
