"""Log in to the desk and out of it."""

from __future__ import annotations

import hmac
import math
import re
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import partial

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import accounts, audit, desk_sessions, login_limits
from coaching.conversations import hash_of
from coaching.desk_models import Coach
from coaching.desk_sessions import Opened
from coaching.passwords import Verified
from web.desk.browsers import Tries, remember_browser, tries_of
from web.desk.login_page import Form, show
from web.desk.page import go
from web.desk.session import COOKIE, DESK, FIELD, needs, session_of, set_cookie
from web.keys import PASSWORDS, SETTINGS, STORAGE

LOGIN = f"{DESK}/login"
# Proves that the form comes from the login page of this very browser.
PROOF = "opastin_coach_login"
# Who acted, where a name belongs to no account.
NOBODY = "nobody"
_PROOF_VALUE = re.compile(r"[\w-]{32}", re.ASCII)
# Only back to the desk: an address of elsewhere would make the login a signpost for fraud.
_NEXT = re.compile(r"/coach(?:[/?][\w/?=&%.+:-]{0,500})?", re.ASCII)


def routes() -> list[web.RouteDef]:
    """Return the addresses of logging in and out."""
    return [web.get(LOGIN, ask), web.post(LOGIN, enter), web.post(f"{DESK}/logout", leave)]


async def ask(request: web.Request) -> web.Response:
    """Show the form."""
    news = next((name for name in ("ended", "left", "changed") if name in request.query), None)
    return _send(request, Form(next=_next(request.query.get("next", "")), news=news))


async def enter(request: web.Request) -> web.Response:
    """Open a session for the right name and password."""
    fields = {name: str(value) for name, value in (await request.post()).items()}
    form = Form(name=fields.get("name", "")[:100], next=_next(fields.get("next", "")))
    proof = request.cookies.get(PROOF, "")
    if not proof or not hmac.compare_digest(fields.get(FIELD, "").encode(), proof.encode()):
        return _send(request, replace(form, problem="again"), status=403)
    tries = tries_of(request, form.name)
    now, storage = request.app[SETTINGS].now(), request.app[STORAGE]
    wait = await storage.write(lambda s: login_limits.take(s, tries.limits, now=now))
    if wait > timedelta(0):
        return _send_wait(request, form, wait)
    coach = await storage.read(lambda s: accounts.find(s, form.name))
    kept = None if coach is None else coach.password_hash
    verified = await request.app[PASSWORDS].verify(kept, fields.get("password", ""))
    if coach is None or coach.is_disabled or not verified.is_right:
        who = NOBODY if coach is None else coach.name
        await storage.write(lambda s: audit.note(s, who, "login_failed", None, now))
        return _send(request, replace(form, problem="wrong"), status=401)
    if coach.one_time_until is not None and coach.one_time_until < now:
        return _send(request, replace(form, problem="too_late"), status=401)
    opened = await storage.write(partial(_open, request, coach.id, tries, verified))
    response = go(form.next)
    set_cookie(request, response, COOKIE, opened.token)
    response.del_cookie(PROOF, path=LOGIN)
    remember_browser(request, response, coach.name)
    return response


@needs()
async def leave(request: web.Request, coach: Coach) -> web.Response:
    """Close the session of this browser."""
    now, opened = request.app[SETTINGS].now(), session_of(request)

    def work(session: Session) -> None:
        desk_sessions.end(session, opened.token_hash)
        audit.note(session, coach.name, "logout", None, now)

    await request.app[STORAGE].write(work)
    response = go(f"{LOGIN}?left=1")
    response.del_cookie(COOKIE, path=DESK)
    return response


def _open(
    request: web.Request, coach_id: int, tries: Tries, verified: Verified, session: Session
) -> Opened:
    coach = accounts.get(session, coach_id)
    assert coach is not None  # noqa: S101 - accounts are never deleted
    now = request.app[SETTINGS].now()
    if verified.better_hash is not None:
        coach.password_hash = verified.better_hash
    login_limits.forgive(session, tries.account)
    login_limits.give_back(session, tries.address)
    # Whatever session this browser had before ends: a token that was foisted on it is worthless.
    desk_sessions.end(session, hash_of(request.cookies.get(COOKIE, "")))
    audit.note(session, coach.name, "login", None, now)
    return desk_sessions.begin(session, coach, now=now)


def _send_wait(request: web.Request, form: Form, wait: timedelta) -> web.Response:
    seconds = math.ceil(wait.total_seconds())
    minutes = math.ceil(seconds / 60)
    response = _send(request, replace(form, problem="wait", minutes=minutes), status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _send(request: web.Request, form: Form, *, status: int = 200) -> web.Response:
    proof = request.cookies.get(PROOF, "")
    if not _PROOF_VALUE.fullmatch(proof):
        proof = secrets.token_urlsafe(24)
    response = show(request, replace(form, proof=proof), status=status)
    set_cookie(request, response, PROOF, proof, path=LOGIN)
    return response


def _next(wanted: str) -> str:
    return wanted if _NEXT.fullmatch(wanted) and not wanted.startswith(LOGIN) else DESK
