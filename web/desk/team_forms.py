"""The form and the list of teams, and what such a form holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from aiohttp import web

from catalog.fields import Field, load_fields
from catalog.geography import load_geography
from catalog.importers.values import place_by_name
from coaching.desk_models import NAME_LENGTH, CoachSession, Team
from coaching.opening import WEEKDAYS
from coaching.teams import Wishes, read_span
from opastin.texts import LANGUAGES
from web.desk import parts
from web.desk.page import post_form
from web.desk.parts import NAMES, area, checks, table
from web.desk.session import DESK
from web.labels import Labels
from web.markup import Content, build

TEAMS = f"{DESK}/teams"
_BETWEEN = re.compile(r"[,;\n]+")


class UnknownPlace(Exception):
    """No municipality or region has the name."""

    def __init__(self, name: str) -> None:
        """Keep the name as it was written."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Typed:
    """What is in the form: places and codes as they are written, hours by day."""

    name: str = ""
    places: str = ""
    fields: Sequence[str] = ()
    languages: Sequence[str] = ()
    referrals: str = ""
    hours: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, team: Team, language: str) -> Typed:
        """Return what the form of a team begins with."""
        return cls(
            name=team.name,
            places=", ".join(place_name(code, language) for code in team.places),
            fields=team.fields,
            languages=team.languages,
            referrals=", ".join(team.referrals),
            hours={day: (begin, end) for day, (begin, end) in team.hours.items()},
        )

    def wishes(self) -> Wishes:
        """Return the team that is meant; raise UnknownPlace or BadTeam."""
        return Wishes(
            name=self.name,
            places=[place_code(name) for name in _split(self.places)],
            fields=self.fields,
            languages=self.languages,
            referrals=_split(self.referrals),
            hours={
                day: read_span(begin, end)
                for day, (begin, end) in self.hours.items()
                if begin.strip() or end.strip()
            },
        )


async def read(request: web.Request) -> Typed:
    """Return what a form was sent with; codes that no form of ours holds are left out."""
    sent = await request.post()
    known = {one.code for one in _broad()}
    return Typed(
        name=str(sent.get("name", ""))[:200],
        places=str(sent.get("places", ""))[:4000],
        fields=[code for code in map(str, sent.getall("fields", [])) if code in known],
        languages=[name for name in LANGUAGES if name in sent.getall("languages", [])],
        referrals=str(sent.get("referrals", ""))[:1000],
        hours={
            day: (str(sent.get(f"{day}-begin", "")), str(sent.get(f"{day}-end", "")))
            for day in WEEKDAYS
        },
    )


def place_code(name: str) -> str:
    """Return the code of a municipality or region, named or given by its code."""
    code = name if load_geography().get(name) is not None else place_by_name(name)
    if code is None:
        raise UnknownPlace(name)
    return code


def place_name(code: str, language: str) -> str:
    """Return the name of a municipality or region."""
    place = load_geography().get(code)
    return code if place is None else place.name(language)


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
    fields = [(one.code, one.names[labels.language]) for one in _broad()]
    return post_form(
        opened,
        action,
        parts.field(
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
        parts.field(
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


def _broad() -> Sequence[Field]:
    return [one for one in load_fields().fields if one.level == 1]


def _split(text: str) -> list[str]:
    return [part for part in (" ".join(part.split()) for part in _BETWEEN.split(text)) if part]
