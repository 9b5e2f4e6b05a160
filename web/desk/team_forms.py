"""The form and the list of teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from catalog.fields import load_fields
from coaching.desk_models import NAME_LENGTH, CoachSession, Team
from coaching.opening import WEEKDAYS
from opastin.texts import LANGUAGES
from web.desk.page import post_form
from web.desk.parts import NAMES, area, checks, field, table
from web.desk.session import DESK
from web.desk.team_typed import Typed, broad_fields, place_name
from web.labels import Labels
from web.markup import Content, build

TEAMS = f"{DESK}/teams"


def all_teams(
    labels: Labels, found: Sequence[Team], members: Mapping[int, Sequence[str]]
) -> Iterator[Content]:
    """Yield the list of teams and the way to a new one."""
    yield build("p", labels.text("teams.lead"))
    new = build("a", labels.text("teams.new"), href=f"{TEAMS}/new", class_="button main")
    yield build("p", new)
    if not found:
        yield build("p", labels.text("teams.none"))
        return
    heads = ("name", "coaches", "places", "fields", "languages", "referrals", "hours")
    yield table(
        labels.text("teams.caption"),
        [labels.text(f"teams.heads.{head}") for head in heads],
        [_row(labels, team, members.get(team.id, ())) for team in found],
    )


def one_team(labels: Labels, opened: CoachSession, action: str, typed: Typed) -> Element:
    """Return the form of a team."""
    fields = [(one.code, one.names[labels.language]) for one in broad_fields()]
    return post_form(
        opened,
        action,
        field(
            labels.text("teams.heads.name"),
            "name",
            value=typed.name,
            maxlength=str(NAME_LENGTH),
            autocomplete="off",
            required=True,
        ),
        area(
            labels.text("teams.heads.places"),
            "places",
            typed.places,
            hint=labels.text("teams.places_hint"),
        ),
        checks(
            labels.text("teams.heads.fields"),
            "fields",
            fields,
            chosen=typed.fields,
            hint=labels.text("teams.any_hint"),
        ),
        checks(
            labels.text("teams.heads.languages"),
            "languages",
            [(name, NAMES[name]) for name in LANGUAGES],
            chosen=typed.languages,
            hint=labels.text("teams.any_hint"),
        ),
        field(
            labels.text("teams.heads.referrals"),
            "referrals",
            value=typed.referrals,
            autocomplete="off",
            hint=labels.text("teams.referrals_hint"),
        ),
        _hours(labels, typed),
        build(
            "div",
            build("button", labels.text("shell.save"), class_="main"),
            build("a", labels.text("shell.cancel"), href=TEAMS, class_="button"),
            class_="actions",
        ),
    )


def _hours(labels: Labels, typed: Typed) -> Element:
    rows = [_day(labels, day, *typed.hours.get(day, ("", ""))) for day in WEEKDAYS]
    return build(
        "fieldset",
        build("legend", labels.text("teams.heads.hours")),
        build("p", labels.text("teams.hours_hint"), id="hours-hint", class_="hint"),
        *rows,
        aria_describedby="hours-hint",
        class_="hours",
    )


def _day(labels: Labels, day: str, begin: str, end: str) -> Element:
    name = labels.text(f"teams.days.{day}")
    inputs = [
        build(
            "input",
            type="time",
            name=f"{day}-{which}",
            value=value,
            aria_label=labels.text(f"teams.{which}", day=name),
        )
        for which, value in (("begin", begin), ("end", end))
    ]
    return build("div", build("span", name), inputs[0], "–", inputs[1], class_="day")


def _row(labels: Labels, team: Team, members: Sequence[str]) -> Sequence[Content]:
    fields = load_fields()
    anything = labels.text("teams.any")
    hours = [
        f"{labels.text(f'teams.short_days.{day}')} {begin}–{end}"
        for day, (begin, end) in team.hours.items()
    ]
    return (
        build("a", team.name, href=f"{TEAMS}/{team.id}"),
        ", ".join(members) or "–",
        ", ".join(place_name(code, labels.language) for code in team.places) or anything,
        ", ".join(fields.name(code, labels.language) for code in team.fields) or anything,
        ", ".join(NAMES[name] for name in team.languages) or anything,
        ", ".join(team.referrals) or "–",
        ", ".join(hours) or labels.text("teams.always"),
    )
