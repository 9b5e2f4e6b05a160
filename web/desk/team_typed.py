"""What the form of a team holds, and the team that is meant by it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from catalog.fields import Field, load_fields
from catalog.geography import load_geography
from catalog.importers.values import place_by_name
from coaching.desk_models import Team
from coaching.opening import WEEKDAYS
from coaching.teams import Wishes, read_span
from opastin.texts import LANGUAGES

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
    known = {one.code for one in broad_fields()}
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


def broad_fields() -> Sequence[Field]:
    """Return the broad fields, of which a team may serve some."""
    return [one for one in load_fields().fields if one.level == 1]


def _split(text: str) -> list[str]:
    return [part for part in (" ".join(part.split()) for part in _BETWEEN.split(text)) if part]
