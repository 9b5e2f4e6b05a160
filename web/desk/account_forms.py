"""The forms and the list of accounts, and what such a form holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from aiohttp import web

from coaching.accounts import ROLES
from coaching.desk_models import NAME_LENGTH, Coach, CoachSession, Team
from opastin.texts import LANGUAGES
from web.bodies import clean
from web.desk.page import post_form
from web.desk.parts import NAMES, choice, field, moment, table
from web.desk.session import DESK
from web.errors import ApiError
from web.labels import Labels
from web.markup import Content, build

ACCOUNTS = f"{DESK}/accounts"


@dataclass(frozen=True)
class Typed:
    """What is in the form."""

    name: str = ""
    display_name: str = ""
    role: str = "coach"
    language: str = "fi"
    team_id: int | None = None

    @classmethod
    def of(cls, account: Coach) -> Typed:
        """Return what the form of an account begins with."""
        return cls(
            account.name, account.display_name, account.role, account.language, account.team_id
        )


async def read(request: web.Request) -> Typed:
    """Return what a form was sent with; raise ApiError for what no form of ours can hold."""
    sent = {name: str(value) for name, value in (await request.post()).items()}
    role, language, team = sent.get("role", ""), sent.get("language", "fi"), sent.get("team", "")
    if role not in ROLES:
        raise ApiError("wrong_value", name="role")
    if language not in LANGUAGES:
        raise ApiError("wrong_value", name="language")
    if team and not (team.isascii() and team.isdigit() and len(team) < 10):
        raise ApiError("wrong_value", name="team")
    return Typed(
        name=sent.get("name", "")[:100],
        display_name=" ".join(clean(sent.get("display_name", "")).split())[:NAME_LENGTH],
        role=role,
        language=language,
        team_id=int(team) if team else None,
    )


def all_accounts(
    labels: Labels, found: Sequence[Coach], teams: Sequence[Team]
) -> Iterator[Content]:
    """Yield the list of accounts and the way to a new one."""
    new = build("a", labels.text("accounts.new"), href=f"{ACCOUNTS}/new", class_="button main")
    yield build("p", new)
    names = {team.id: team.name for team in teams}
    heads = ("name", "display_name", "role", "team", "seen", "state")
    yield table(
        labels.text("accounts.caption"),
        [labels.text(f"accounts.heads.{head}") for head in heads],
        [_row(labels, account, names.get(account.team_id or 0, "–")) for account in found],
    )


def one_account(
    labels: Labels,
    opened: CoachSession,
    typed: Typed,
    teams: Sequence[Team],
    *,
    account: Coach | None = None,
) -> Iterator[Content]:
    """Yield the form of a new account, or the forms of one that there is."""
    action = f"{ACCOUNTS}/new" if account is None else f"{ACCOUNTS}/{account.id}"
    yield post_form(
        opened,
        action,
        None if account else _name(labels, typed),
        field(
            labels.text("accounts.display_name"),
            "display_name",
            value=typed.display_name,
            maxlength=str(NAME_LENGTH),
            autocomplete="off",
            hint=labels.text("accounts.display_name_hint"),
        ),
        choice(labels.text("accounts.role"), "role", _roles(labels), chosen=typed.role),
        _may(labels),
        choice(
            labels.text("accounts.team"),
            "team",
            [("", labels.text("accounts.no_team")), *((str(one.id), one.name) for one in teams)],
            chosen=str(typed.team_id or ""),
        ),
        None if account else _language(labels, typed),
        _button(labels, "add" if account is None else "save", "change", class_="main"),
    )
    if account is not None:
        yield _password(labels, opened, action)
        yield _closing(labels, opened, action, account)


def _row(labels: Labels, account: Coach, team: str) -> Sequence[Content]:
    state = "disabled" if account.is_disabled else "one_time" if account.one_time_until else "open"
    return (
        build("a", account.name, href=f"{ACCOUNTS}/{account.id}"),
        account.display_name,
        labels.text(f"own.roles.{account.role}"),
        team,
        moment(account.seen_at, labels.language),
        labels.text(f"accounts.states.{state}"),
    )


def _name(labels: Labels, typed: Typed) -> Element:
    return field(
        labels.text("login.name"),
        "name",
        value=typed.name,
        maxlength=str(NAME_LENGTH),
        autocomplete="off",
        autocapitalize="none",
        spellcheck="false",
        required=True,
        hint=labels.text("accounts.name_hint"),
    )


def _language(labels: Labels, typed: Typed) -> Element:
    options = [(name, NAMES[name]) for name in LANGUAGES]
    return choice(labels.text("accounts.language"), "language", options, chosen=typed.language)


def _roles(labels: Labels) -> list[tuple[str, str]]:
    return [(role, labels.text(f"own.roles.{role}")) for role in ROLES]


def _may(labels: Labels) -> Element:
    items = (
        build("li", build("strong", text), ": ", labels.text(f"accounts.may.{role}"))
        for role, text in _roles(labels)
    )
    return build(
        "details", build("summary", labels.text("accounts.may_title")), build("ul", *items)
    )


def _password(labels: Labels, opened: CoachSession, action: str) -> Element:
    return build(
        "section",
        build("h2", labels.text("own.password_title")),
        build("p", labels.text("accounts.reset_note")),
        post_form(opened, action, _button(labels, "reset", "reset")),
    )


def _closing(labels: Labels, opened: CoachSession, action: str, account: Coach) -> Element:
    deed = "enable" if account.is_disabled else "disable"
    kind = None if account.is_disabled else "danger"
    return build(
        "section",
        build("h2", labels.text(f"accounts.{deed}_title")),
        build("p", labels.text(f"accounts.{deed}_note")),
        post_form(opened, action, _button(labels, deed, deed, class_=kind)),
    )


def _button(labels: Labels, text: str, deed: str, *, class_: str | None = None) -> Element:
    words = labels.text("shell.save" if text == "save" else f"accounts.{text}")
    return build("button", words, name="do", value=deed, class_=class_)
