"""The command `opastin team`: which conversations come to which coaches, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from opastin.conversations import conversations_session
from opastin.errors import UserError
from opastin.settings import load_settings
from opastin.tables import aligned
from opastin.texts import LANGUAGES

_MENDS = {
    "name": "A team's name has 1 to 64 characters.",
    "hours": "The hours {value!r} cannot be read: write them like 'mon-thu 9-15.30, fri 9-12'.",
    "referrals": "The referral code {value!r} must have 2 to 32 letters, digits or hyphens.",
    "referral_taken": "Another team has the referral code {value!r} already.",
}
_OPTIONS = (
    click.option("--place", "places", multiple=True, help="A municipality or region, or its code."),
    click.option("--field", "fields", multiple=True, help="The code of a broad field, such as 09."),
    click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES)),
    click.option("--referral", "referrals", multiple=True, help="A code that leads to this team."),
    click.option(
        "--hours", default="", help="Such as 'mon-thu 9-15.30, fri 9-12'; none is always."
    ),
)


@click.group()
def command() -> None:
    """Add, change and list teams of coaches."""


def _described(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@command.command("add")
@click.argument("name")
@_described
def add_command(name: str, **given: Any) -> None:
    """Add a team; what is left out is "any"."""
    _keep(name, given, is_new=True)
    click.echo(f"Added the team {name!r}.")


@command.command("change")
@click.argument("name")
@_described
def change_command(name: str, **given: Any) -> None:
    """Describe a team anew; what is left out becomes "any"."""
    _keep(name, given, is_new=False)
    click.echo(f"Changed the team {name!r}.")


@command.command("list")
def list_command() -> None:
    """Print every team, its coaches and what comes to it."""
    from catalog.geography import load_geography
    from coaching import teams

    with conversations_session(load_settings()) as session:
        found, members = teams.every(session), teams.members(session)
    if not found:
        click.echo("There are no teams yet: every conversation comes to all coaches.")
        return
    geography = load_geography()

    def place(code: str) -> str:
        known = geography.get(code)
        return code if known is None else known.name("fi")

    rows = [("name", "coaches", "places", "fields", "languages", "referrals", "hours")]
    rows += [
        (
            team.name,
            _list(members.get(team.id, ()), "-"),
            _list(map(place, team.places)),
            _list(team.fields),
            _list(team.languages),
            _list(team.referrals, "-"),
            _list((f"{day} {span[0]}-{span[1]}" for day, span in team.hours.items()), "always"),
        )
        for team in found
    ]
    for line in aligned(rows):
        click.echo(line)


def _keep(name: str, given: dict[str, Any], *, is_new: bool) -> None:
    from coaching import audit, teams
    from coaching.teams import BadTeam, TeamExists

    settings = load_settings()
    with conversations_session(settings) as session:
        team = None if is_new else teams.find(session, name)
        if team is None and not is_new:
            raise UserError(f"There is no team {name!r}; opastin team list names them all.")
        try:
            wishes = teams.Wishes(
                name=name,
                places=[_place(written) for written in given["places"]],
                fields=[_field(code) for code in given["fields"]],
                languages=given["languages"],
                referrals=given["referrals"],
                hours=teams.read_hours(given["hours"]),
            )
            if team is None:
                team = teams.add(session, wishes)
            else:
                teams.change(session, team, wishes)
        except BadTeam as bad:
            raise UserError(_MENDS[bad.part].format(value=bad.value)) from bad
        except TeamExists as error:
            raise UserError(f"There is a team {name!r} already; change it instead.") from error
        action = "team_added" if is_new else "team_changed"
        audit.note(session, audit.OPERATOR, action, team.name, settings.now())


def _place(written: str) -> str:
    from catalog.geography import load_geography
    from catalog.importers.values import place_by_name

    name = written.strip()
    code = name if load_geography().get(name) is not None else place_by_name(name)
    if code is None:
        raise UserError(f"There is no municipality or region {name!r}; check the spelling.")
    return code


def _field(code: str) -> str:
    from catalog.fields import load_fields

    broad = {one.code: one.names["en"] for one in load_fields().fields if one.level == 1}
    if code not in broad:
        known = ", ".join(f"{code} {name}" for code, name in broad.items())
        raise UserError(f"{code!r} is not the code of a broad field. These are: {known}.")
    return code


def _list(items: Iterable[str], nothing: str = "any") -> str:
    return ", ".join(items) or nothing
