"""A coach's own account: name, languages, password, and whether one takes conversations."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import accounts, audit, login_limits
from coaching.accounts import may
from coaching.desk_models import NAME_LENGTH, Coach
from coaching.login_limits import FREE
from coaching.passwords import WeakPassword, check_password
from opastin.texts import LANGUAGES
from web.bodies import clean
from web.desk.own_forms import OWN, password_form, settings_form
from web.desk.page import desk_page, go, words
from web.desk.parts import problem, status_line
from web.desk.session import COOKIE, DESK, needs, session_of
from web.errors import ApiError
from web.keys import PASSWORDS, PSEUDONYMS, SETTINGS, STORAGE
from web.markup import build


def routes() -> list[web.RouteDef]:
    """Return the addresses of one's own account."""
    return [
        web.get(OWN, show),
        web.post(OWN, change),
        web.post(f"{DESK}/available", turn),
    ]


@needs()
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the account."""
    return _page(request, coach, is_saved="saved" in request.query)


@needs()
async def change(request: web.Request, coach: Coach) -> web.Response:
    """Keep the account's settings, or a new password."""
    if "new_password" in await request.post():
        return await _change_password(request, coach)
    if coach.one_time_until is not None:
        return go(OWN)
    return await _change_settings(request, coach)


@needs("guide")
async def turn(request: web.Request, coach: Coach) -> web.Response:
    """Begin or cease to take conversations, and lead back to where the button was."""
    wish = (await request.post()).get("available")
    if wish not in ("on", "off"):
        raise ApiError("wrong_value", name="available")

    def work(session: Session) -> None:
        found = accounts.get(session, coach.id)
        if found is not None:
            found.is_available = wish == "on"

    await request.app[STORAGE].write(work)
    return go(_came_from(request))


async def _change_settings(request: web.Request, coach: Coach) -> web.Response:
    sent = await request.post()
    display_name = " ".join(clean(str(sent.get("display_name", ""))).split())[:NAME_LENGTH]
    language = str(sent.get("language", ""))
    languages = [name for name in LANGUAGES if name in sent.getall("languages", [])]
    problems = []
    if not display_name:
        problems.append("own.display_name_missing")
    if not languages and may(coach.role, "guide"):
        problems.append("own.languages_missing")
    if language not in LANGUAGES:
        raise ApiError("wrong_value", name="language")
    if problems:
        return _page(request, coach, problems=problems, status=400)

    def work(session: Session) -> None:
        found = accounts.get(session, coach.id)
        if found is not None:
            found.display_name, found.language = display_name, language
            found.languages = languages

    await request.app[STORAGE].write(work)
    return go(f"{OWN}?saved=1")


async def _change_password(request: web.Request, coach: Coach) -> web.Response:
    sent = {name: str(value) for name, value in (await request.post()).items()}
    old, new = sent.get("old_password", ""), sent["new_password"]
    wrong = _what_is_wrong(coach, old, new, sent.get("repeat", ""))
    if wrong is not None:
        return _page(request, coach, problems=[wrong], status=400)
    work, now = request.app[PASSWORDS], request.app[SETTINGS].now()
    # Whoever finds a desk left open must not get to try out passwords on it.
    key = request.app[PSEUDONYMS].of_login(f"own:{coach.name}")
    wait = await request.app[STORAGE].write(lambda s: login_limits.take(s, {key: FREE}, now=now))
    if wait:
        return _page(request, coach, problems=["own.wait"], status=429)
    if not (await work.verify(coach.password_hash, old)).is_right:
        return _page(request, coach, problems=["own.old_wrong"], status=400)
    kept = await work.hash(new)

    def store(session: Session) -> None:
        login_limits.forgive(session, key)
        found = accounts.get(session, coach.id)
        if found is not None:
            accounts.set_password(session, found, kept)
            audit.note(session, coach.name, "password_changed", coach.name, now)

    await request.app[STORAGE].write(store)
    response = go(f"{DESK}/login?changed=1")
    response.del_cookie(COOKIE, path=DESK)
    return response


def _what_is_wrong(coach: Coach, old: str, new: str, repeated: str) -> str | None:
    try:
        check_password(new, coach.name)
    except WeakPassword as weak:
        return f"own.rules.{weak.rule}"
    if new != repeated:
        return "own.differ"
    return "own.unchanged" if new == old else None


def _page(
    request: web.Request,
    coach: Coach,
    *,
    problems: Sequence[str] = (),
    is_saved: bool = False,
    status: int = 200,
) -> web.Response:
    labels = words(coach.language)
    opened = session_of(request)
    is_one_time = coach.one_time_until is not None
    return desk_page(
        request,
        coach,
        labels.text("own.title"),
        status_line(labels.text("shell.saved")) if is_saved else None,
        problem(labels, *map(labels.text, problems)) if problems else None,
        build("p", labels.text(f"own.roles.{coach.role}"), class_="small"),
        build("p", labels.text("own.must_change"), class_="lead") if is_one_time else None,
        None if is_one_time else settings_form(labels, coach, opened),
        password_form(labels, coach, opened),
        current="own",
        status=status,
    )


def _came_from(request: web.Request) -> str:
    """Return the page of the desk that sent a form; the guard has seen that it is one of ours."""
    path = urlsplit(request.headers.get("Referer", "")).path
    return path if path == DESK or path.startswith(f"{DESK}/") else DESK
