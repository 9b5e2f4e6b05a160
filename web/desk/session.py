"""Who acts at the desk: the session behind the cookie, what it may do, and its forms' proof."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import desk_sessions
from coaching.accounts import may
from coaching.desk_models import Coach, CoachSession
from coaching.desk_retention import limits_by
from web.addresses import is_secure
from web.errors import ApiError
from web.keys import PSEUDONYMS, SETTINGS, STORAGE
from web.markup import build
from web.requests import speak

DESK = "/coach"
COOKIE = "opastin_coach"
FIELD, HEADER = "form_token", "X-Form-Token"
# A script sends it with requests that it makes by itself: they do not keep a session open.
BACKGROUND = "X-Background"
_COACH, _SESSION = "coach", "coach_session"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
DeskHandler = Callable[[web.Request, Coach], Awaitable[web.StreamResponse]]


class LoginRequired(Exception):
    """Nobody is logged in, or no longer; the guard leads to the login."""


async def account_of(request: web.Request) -> Coach:
    """Return whose session the request's cookie opens, or raise LoginRequired."""
    known: Coach | None = request.get(_COACH)
    # A browser opens a socket by itself, again and again, and can add no header of ours.
    is_active = BACKGROUND not in request.headers and "Upgrade" not in request.headers
    return known or await _enter(request, is_active=is_active)


async def is_still_there(request: web.Request) -> bool:
    """Say whether the session behind an open socket still lives, and renew the coach's presence.

    A socket asks each minute or so; that alone does not keep the session open.
    """
    try:
        await _enter(request, is_active=False)
    except LoginRequired:
        return False
    return True


def session_of(request: web.Request) -> CoachSession:
    """Return the session that `account_of` has found for this request."""
    opened: CoachSession = request[_SESSION]
    return opened


def needs(act: str | None = None) -> Callable[[DeskHandler], Handler]:
    """Let a handler be called only for those who may do `act`, and give it their account.

    Without an act, whoever is logged in may. Act on it as `@needs("guide")`.
    """

    def decorate(handler: DeskHandler) -> Handler:
        @wraps(handler)
        async def checked(request: web.Request) -> web.StreamResponse:
            coach = await account_of(request)
            if act is not None and not may(coach.role, act):
                raise ApiError("forbidden", words="desk_forbidden")
            return await handler(request, coach)

        return checked

    return decorate


def form_field(coach_session: CoachSession) -> Element:
    """Return the hidden field without which no form of the desk is taken."""
    return build("input", type="hidden", name=FIELD, value=coach_session.form_token)


async def has_form_token(request: web.Request) -> bool:
    """Say whether a request proves that it comes from a page of this very session."""
    sent = request.headers.get(HEADER)
    if sent is None:
        sent = str((await request.post()).get(FIELD, ""))
    expected = session_of(request).form_token
    return hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode())


def subject_of(request: web.Request, conversation_id: str) -> str:
    """Return what the audit calls a conversation by."""
    return request.app[PSEUDONYMS].in_audit(conversation_id)


def set_cookie(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    path: str = DESK,
    max_age: int | None = None,
) -> None:
    """Have the browser keep a secret of the desk, until it is closed or for `max_age` seconds."""
    response.set_cookie(
        name,
        value,
        path=path,
        max_age=max_age,
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )


async def _enter(request: web.Request, *, is_active: bool) -> Coach:
    token = request.cookies.get(COOKIE, "")
    settings = request.app[SETTINGS]
    limits, now = limits_by(settings), settings.now()

    def work(session: Session) -> tuple[Coach, CoachSession] | None:
        return desk_sessions.find(session, token, limits, now=now)

    found = await request.app[STORAGE].read(work) if token else None
    if found is None:
        raise LoginRequired
    coach, opened = found
    if desk_sessions.is_due(coach, opened, is_active=is_active, now=now):
        await request.app[STORAGE].write(
            lambda session: desk_sessions.touch(session, opened, is_active=is_active, now=now)
        )
    request[_COACH], request[_SESSION] = coach, opened
    speak(request, coach.language)
    return coach
