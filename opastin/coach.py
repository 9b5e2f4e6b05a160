"""The command `opastin coach`: who may log in to the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from opastin.conversations import conversations_session
from opastin.errors import UserError
from opastin.settings import TIME_ZONE, Settings, load_settings
from opastin.tables import aligned
from opastin.texts import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coaching.desk_models import Coach

LOCAL = "http://127.0.0.1:8080"
# As coaching/accounts.py has them, which the list of commands must not import.
ROLES = ("coach", "lead", "admin", "reviewer")
_CHOOSE = click.option(
    "--choose-password", is_flag=True, help="Ask for the password instead of drawing one."
)


@click.group()
def command() -> None:
    """Add, list, disable and enable coaches' accounts, and give them new passwords."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="coach", show_default=True)
@click.option("--display-name", default="", help="The name that people see of the coach.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="The desk's language for this coach, and the one the coach guides in.",
)
@click.option("--team", "team_name", help="The name of a team that there is.")
@_CHOOSE
def add_command(
    name: str,
    role: str,
    display_name: str,
    language: str,
    team_name: str | None,
    choose_password: bool,
) -> None:
    """Add an account; print its password for one use, unless it is chosen."""
    from coaching import accounts, audit
    from coaching.accounts import AccountExists, BadName, NewAccount
    from coaching.passwords import hash_password

    settings = load_settings()
    password = _ask_password(name) if choose_password else _draw_password()
    new = NewAccount(
        name,
        password_hash=hash_password(password),
        role=role,
        display_name=display_name,
        language=language,
        is_one_time=not choose_password,
    )
    with conversations_session(settings) as session:
        team_id = None if team_name is None else _team_id(session, team_name)
        now = settings.now()
        try:
            added = accounts.add(session, new, now=now)
        except BadName as error:
            raise UserError(
                "A coach's name has 2 to 64 letters, digits or the signs . @ + - _ and begins "
                "with a letter or digit."
            ) from error
        except AccountExists as error:
            raise UserError(
                f"There is an account {name!r} already; opastin coach list names them all."
            ) from error
        added.team_id = team_id
        audit.note(session, audit.OPERATOR, "account_added", added.name, now)
        shown = added.name
    click.echo(f"Added the account {shown!r}, role {role}.")
    _tell(settings, None if choose_password else password)


@command.command("list")
def list_command() -> None:
    """Print every account, its role and when it was last seen."""
    from coaching import accounts, teams

    with conversations_session(load_settings()) as session:
        found = accounts.every(session)
        names = {team.id: team.name for team in teams.every(session)}
    if not found:
        click.echo("There are no accounts yet. Add one: opastin coach add NAME --role admin")
        return
    rows = [("name", "shown as", "role", "team", "last seen", "state")]
    rows += [
        (
            coach.name,
            coach.display_name,
            coach.role,
            names.get(coach.team_id or 0, "-"),
            _shown(coach.seen_at),
            "disabled" if coach.is_disabled else "one-time" if coach.one_time_until else "open",
        )
        for coach in found
    ]
    for line in aligned(rows):
        click.echo(line)


@command.command("disable")
@click.argument("name")
def disable_command(name: str) -> None:
    """Close an account: it is logged out at once and cannot log in again."""
    _set_disabled(name, True)
    click.echo(f"Disabled the account {name!r}.")


@command.command("enable")
@click.argument("name")
def enable_command(name: str) -> None:
    """Open an account that was disabled; its password is the old one."""
    _set_disabled(name, False)
    click.echo(f"Enabled the account {name!r}.")


@command.command("reset-password")
@click.argument("name")
@_CHOOSE
def reset_command(name: str, choose_password: bool) -> None:
    """Give an account a new password, for one use unless chosen, and log it out everywhere."""
    from coaching import accounts, audit, login_limits
    from coaching.passwords import hash_password
    from coaching.pseudonyms import load_pseudonyms

    settings = load_settings()
    password = _ask_password(name) if choose_password else _draw_password()
    kept, now = hash_password(password), settings.now()
    key = load_pseudonyms(settings.home).of_account(accounts.fold_name(name))
    with conversations_session(settings) as session:
        until = None if choose_password else now + accounts.ONE_TIME_LIVES
        coach = _find(session, name)
        accounts.set_password(session, coach, kept, one_time_until=until)
        login_limits.forgive(session, key)
        audit.note(session, audit.OPERATOR, "password_reset", coach.name, now)
    click.echo(f"The account {name!r} is logged out everywhere.")
    _tell(settings, None if choose_password else password)


def _set_disabled(name: str, is_disabled: bool) -> None:
    from coaching import accounts, audit
    from coaching.accounts import LastAdmin

    settings = load_settings()
    with conversations_session(settings) as session:
        coach = _find(session, name)
        try:
            accounts.set_disabled(session, coach, is_disabled)
        except LastAdmin as error:
            raise UserError(
                f"{name!r} is the last administrator; add another first: "
                "opastin coach add NAME --role admin"
            ) from error
        action = "account_disabled" if is_disabled else "account_enabled"
        audit.note(session, audit.OPERATOR, action, coach.name, settings.now())


def _find(session: Session, name: str) -> Coach:
    from coaching import accounts

    coach = accounts.find(session, name)
    if coach is None:
        raise UserError(f"There is no account {name!r}; opastin coach list names them all.")
    return coach


def _team_id(session: Session, name: str) -> int:
    from coaching import teams

    team = teams.find(session, name)
    if team is None:
        raise UserError(f"There is no team {name!r}; opastin team list names them all.")
    return team.id


def _ask_password(name: str) -> str:
    from coaching.passwords import MAX_LENGTH, MIN_LENGTH, WeakPassword, check_password

    reasons = {
        "short": f"it must have at least {MIN_LENGTH} characters",
        "long": f"it may have at most {MAX_LENGTH} characters",
        "name": "it must not contain the account's name",
        "same": "it has too few different characters",
        "common": "it is so common that it is easy to guess",
    }
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        check_password(password, name)
    except WeakPassword as weak:
        raise UserError(f"Choose another password: {reasons[weak.rule]}.") from weak
    return password


def _draw_password() -> str:
    from coaching.passwords import draw_password

    return draw_password()


def _tell(settings: Settings, password: str | None) -> None:
    if password is not None:
        click.echo(f"Password for one use, within 7 days, shown only now: {password}")
    click.echo(f"Log in at {(settings.public_url or LOCAL).rstrip('/')}/coach")


def _shown(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"
