"""Which measures a page or a download is asked for: weeks, channel, language, place, team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.geography import Geography, load_geography
from coaching.desk_models import Team
from coaching.measure_report import CHANNELS, LANGUAGES
from coaching.measure_scope import Scope, last_weeks
from opastin.settings import TIME_ZONE
from web.errors import ApiError

WEEKS = (4, 13, 26, 52)
DEFAULT_WEEKS = 13


@dataclass(frozen=True)
class Wishes:
    """What the form was sent with; an empty text is "all"."""

    weeks: int = DEFAULT_WEEKS
    channel: str = ""
    language: str = ""
    place: str = ""
    team: str = ""

    def scope(self, today: date) -> Scope:
        """Return the conversations that are meant; a region is its municipalities as well."""
        return last_weeks(
            self.weeks,
            today,
            TIME_ZONE,
            channel=self.channel or None,
            language=self.language or None,
            places=_codes(self.place) if self.place else None,
            team_id=int(self.team) if self.team else None,
        )

    def query(self) -> str:
        """Return the wishes as they stand in an address."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


def read_wishes(request: web.Request, teams: Mapping[int, str]) -> Wishes:
    """Return what an address asks for, or raise ApiError where that cannot be."""
    allowed: dict[str, Collection[str]] = {
        "weeks": [str(number) for number in WEEKS],
        "channel": CHANNELS,
        "language": LANGUAGES,
        "team": [str(number) for number in teams],
        "place": _all_codes(),
    }
    sent = {name: request.query.get(name, "") for name in allowed}
    for name, value in sent.items():
        if value and value not in allowed[name]:
            raise ApiError("wrong_value", name=name)
    weeks = int(sent.pop("weeks") or DEFAULT_WEEKS)
    return Wishes(weeks=weeks, **sent)


def read_teams(session: Session) -> dict[int, str]:
    """Return the names of all teams by their numbers."""
    rows = session.execute(select(Team.id, Team.name).order_by(Team.name))
    return {row.id: row.name for row in rows}


@lru_cache(maxsize=1)
def _all_codes() -> frozenset[str]:
    return frozenset(place.code for place in load_geography().places)


def _codes(place: str) -> frozenset[str]:
    geography: Geography = load_geography()
    return frozenset({place, *geography.municipalities_in(place)})
