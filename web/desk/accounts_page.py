"""Accounts of the desk, for administrators: add, change, close, and a new password for one use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import accounts, audit, login_limits, teams
from coaching.accounts import AccountExists, BadName, LastAdmin, NewAccount
from coaching.desk_models import Coach, Team
from coaching.passwords import draw_password
from web.desk.account_forms import ACCOUNTS, Typed, all_accounts, one_account, read
from web.desk.page import desk_page, go, words
from web.desk.parts import problem, status_line
from web.desk.session import needs, session_of
from web.errors import ApiError
from web.keys import PASSWORDS, PSEUDONYMS, SETTINGS, STORAGE
from web.markup import Content, build


def routes() -> list[web.RouteDef]:
    """Return the addresses of the accounts."""
    return [
        web.get(ACCOUNTS, show_all),
        web.get(f"{ACCOUNTS}/new", ask),
        web.post(f"{ACCOUNTS}/new", add),
        web.get(f"{ACCOUNTS}/{{account:[0-9]{{1,9}}}}", show),
        web.post(f"{ACCOUNTS}/{{account:[0-9]{{1,9}}}}", change),
    ]


@needs("manage")
async def show_all(request: web.Request, coach: Coach) -> web.Response:
    """List every account."""
    found = await request.app[STORAGE].read(
        lambda session: (accounts.every(session), teams.every(session))
    )
    labels = words(coach.language)
    return _page(request, coach, "accounts.title", *all_accounts(labels, *found))


@needs("manage")
async def ask(request: web.Request, coach: Coach) -> web.Response:
    """Show the form of a new account."""
    return await _ask(request, coach, Typed())


@needs("manage")
async def add(request: web.Request, coach: Coach) -> web.Response:
    """Store a new account, and show its password for one use this once."""
    typed = await read(request)
    password = draw_password()
    new = NewAccount(
        typed.name,
        password_hash=await request.app[PASSWORDS].hash(password),
        role=typed.role,
        display_name=typed.display_name,
        language=typed.language,
        team_id=typed.team_id,
        is_one_time=True,
    )
    now = request.app[SETTINGS].now()

    def work(session: Session) -> Coach:
        _check_team(session, typed)
        added = accounts.add(session, new, now=now)
        audit.note(session, coach.name, "account_added", added.name, now)
        return added

    try:
        added = await request.app[STORAGE].write(work)
    except BadName:
        return await _ask(request, coach, typed, wrong="accounts.bad_name")
    except AccountExists:
        return await _ask(request, coach, typed, wrong="accounts.exists")
    return _tell_password(request, coach, added, password)


@needs("manage")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show one account."""
    return await _show(request, coach, is_saved="saved" in request.query)


@needs("manage")
async def change(request: web.Request, coach: Coach) -> web.Response:
    """Do with an account what a button of its page says."""
    deed = str((await request.post()).get("do", ""))
    if deed == "reset":
        return await _reset(request, coach)
    if deed not in ("change", "disable", "enable"):
        raise ApiError("wrong_value", name="do")
    typed = await read(request) if deed == "change" else Typed()
    try:
        await request.app[STORAGE].write(partial(_change, request, coach, deed, typed))
    except LastAdmin:
        return await _show(request, coach, wrong="accounts.last_admin")
    return go(f"{ACCOUNTS}/{request.match_info['account']}?saved=1")


def _change(request: web.Request, coach: Coach, deed: str, typed: Typed, session: Session) -> None:
    account = _get(request, session)
    now = request.app[SETTINGS].now()
    if deed != "change":
        accounts.set_disabled(session, account, deed == "disable")
        audit.note(session, coach.name, f"account_{deed}d", account.name, now)
        return
    _check_team(session, typed)
    if typed.role != account.role:
        accounts.set_role(session, account, typed.role)
        audit.note(session, coach.name, f"role_{typed.role}", account.name, now)
    account.team_id = typed.team_id
    account.display_name = typed.display_name or account.display_name
    audit.note(session, coach.name, "account_changed", account.name, now)


async def _reset(request: web.Request, coach: Coach) -> web.Response:
    password = draw_password()
    kept = await request.app[PASSWORDS].hash(password)
    now = request.app[SETTINGS].now()

    def work(session: Session) -> Coach:
        account = _get(request, session)
        until = now + accounts.ONE_TIME_LIVES
        accounts.set_password(session, account, kept, one_time_until=until)
        login_limits.forgive(session, request.app[PSEUDONYMS].of_account(account.name))
        audit.note(session, coach.name, "password_reset", account.name, now)
        return account

    return _tell_password(request, coach, await request.app[STORAGE].write(work), password)


async def _ask(
    request: web.Request, coach: Coach, typed: Typed, *, wrong: str | None = None
) -> web.Response:
    labels = words(coach.language)
    found = await request.app[STORAGE].read(teams.every)
    form = one_account(labels, session_of(request), typed, found)
    return _page(request, coach, "accounts.new", _wrong(coach, wrong), *form, is_wrong=bool(wrong))


async def _show(
    request: web.Request, coach: Coach, *, wrong: str | None = None, is_saved: bool = False
) -> web.Response:
    def work(session: Session) -> tuple[Coach, Sequence[Team]]:
        return _get(request, session), teams.every(session)

    account, found = await request.app[STORAGE].read(work)
    labels = words(coach.language)
    form = one_account(labels, session_of(request), Typed.of(account), found, account=account)
    saved = status_line(labels.text("shell.saved")) if is_saved else None
    news = (_wrong(coach, wrong), saved)
    return _page(
        request, coach, "accounts.one", *news, *form, is_wrong=bool(wrong), who=account.name
    )


def _tell_password(
    request: web.Request, coach: Coach, account: Coach, password: str
) -> web.Response:
    labels = words(coach.language)
    days = accounts.ONE_TIME_LIVES.days
    return _page(
        request,
        coach,
        "accounts.password",
        build("p", labels.text("accounts.password_told", who=account.name)),
        build("p", build("code", password, class_="secret")),
        build("p", labels.text("accounts.password_note", days=days)),
        build("p", build("a", labels.text("accounts.back"), href=ACCOUNTS, class_="button")),
        who=account.name,
    )


def _page(
    request: web.Request,
    coach: Coach,
    title: str,
    *body: Content,
    is_wrong: bool = False,
    **values: object,
) -> web.Response:
    heading = words(coach.language).text(title, **values)
    status = 400 if is_wrong else 200
    return desk_page(request, coach, heading, *body, current="accounts", status=status)


def _wrong(coach: Coach, name: str | None) -> Content:
    labels = words(coach.language)
    return None if name is None else problem(labels, labels.text(name))


def _check_team(session: Session, typed: Typed) -> None:
    if typed.team_id is not None and teams.get(session, typed.team_id) is None:
        raise ApiError("wrong_value", name="team")


def _get(request: web.Request, session: Session) -> Coach:
    found = accounts.get(session, int(request.match_info["account"]))
    if found is None:
        raise ApiError("not_found")
    return found
