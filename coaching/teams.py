"""Teams of the desk: which conversations come to them, and when their coaches are at work.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.desk_models import NAME_LENGTH, Coach, Team
from coaching.opening import WEEKDAYS

_REFERRAL = re.compile(r"\w[\w-]{1,31}")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")
# "mon-fri 9-15.30", "sat 10:00–14:00"
_SPAN = re.compile(r"([a-z]{3})(?:[-–]([a-z]{3}))?\s+([0-9.:]+)\s*[-–]\s*([0-9.:]+)")


class TeamExists(Exception):
    """Another team has the name."""


class BadTeam(Exception):
    """Something of a team cannot be so: `part` names what, `value` is what was written."""

    def __init__(self, part: str, value: str = "") -> None:
        """Keep what the edge turns into words."""
        super().__init__(part, value)
        self.part, self.value = part, value


@dataclass(frozen=True)
class Wishes:
    """What a team is; an empty list is "any", and no hours at all is "always"."""

    name: str
    places: Sequence[str] = ()
    fields: Sequence[str] = ()
    languages: Sequence[str] = ()
    referrals: Sequence[str] = ()
    hours: Mapping[str, Sequence[str]] = field(default_factory=dict)


def add(session: Session, wishes: Wishes) -> Team:
    """Store a new team and return it; raise BadTeam or TeamExists."""
    team = Team(**_values(session, wishes, None))
    session.add(team)
    session.flush()
    return team


def change(session: Session, team: Team, wishes: Wishes) -> None:
    """Make a team what `wishes` say; raise BadTeam or TeamExists."""
    for name, value in _values(session, wishes, team.id).items():
        setattr(team, name, value)
    session.flush()


def every(session: Session) -> Sequence[Team]:
    """Return all teams by name."""
    found: Sequence[Team] = session.scalars(select(Team).order_by(Team.name)).all()
    return found


def get(session: Session, team_id: int) -> Team | None:
    """Return a team by its number."""
    found: Team | None = session.get(Team, team_id)
    return found


def find(session: Session, name: str) -> Team | None:
    """Return a team by its name, however its letters are written."""
    wanted = _folded(name)
    return next((team for team in every(session) if _folded(team.name) == wanted), None)


def members(session: Session) -> Mapping[int, Sequence[str]]:
    """Return the names that people see of each team's coaches, without the disabled accounts."""
    found: dict[int, list[str]] = {}
    query = select(Coach).where(Coach.is_disabled.is_(False)).order_by(Coach.display_name)
    for coach in session.scalars(query):
        if coach.team_id is not None:
            found.setdefault(coach.team_id, []).append(coach.display_name)
    return found


def read_hours(text: str) -> dict[str, list[str]]:
    """Return the hours of a line such as "mon-thu 9-15.30, fri 9-12"; raise BadTeam.

    >>> read_hours("fri 9-12")
    {'fri': ['09:00', '12:00']}
    """
    hours: dict[str, list[str]] = {}
    for part in filter(None, (part.strip() for part in text.casefold().split(","))):
        match = _SPAN.fullmatch(part)
        days = _days(match[1], match[2] or match[1]) if match else []
        if match is None or not days:
            raise BadTeam("hours", part)
        hours |= {day: read_span(match[3], match[4]) for day in days}
    return _in_order(hours)


def read_span(begin: str, end: str) -> list[str]:
    """Return when a day begins and ends, as they are kept; raise BadTeam.

    >>> read_span("9", "15.30")
    ['09:00', '15:30']
    """
    first, last = _clock(begin), _clock(end)
    if first >= last:
        raise BadTeam("hours", f"{begin}–{end}")
    return [f"{first:%H:%M}", f"{last:%H:%M}"]


def _values(session: Session, wishes: Wishes, team_id: int | None) -> dict[str, Any]:
    name = " ".join(wishes.name.split())
    if not name or len(name) > NAME_LENGTH:
        raise BadTeam("name", name)
    other = find(session, name)
    if other is not None and other.id != team_id:
        raise TeamExists
    referrals = [code.strip() for code in wishes.referrals if code.strip()]
    for code in referrals:
        if not _REFERRAL.fullmatch(code):
            raise BadTeam("referrals", code)
        _check_unused(session, code, team_id)
    return {
        "name": name,
        "places": list(dict.fromkeys(wishes.places)),
        "fields": sorted(set(wishes.fields)),
        "languages": list(dict.fromkeys(wishes.languages)),
        "referrals": list(dict.fromkeys(referrals)),
        "hours": _in_order(wishes.hours),
    }


def _check_unused(session: Session, code: str, team_id: int | None) -> None:
    for team in every(session):
        if team.id != team_id and _folded(code) in map(_folded, team.referrals):
            raise BadTeam("referral_taken", code)


def _in_order(hours: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {day: list(hours[day]) for day in WEEKDAYS if day in hours}


def _days(first: str, last: str) -> Sequence[str]:
    if first not in WEEKDAYS or last not in WEEKDAYS:
        return []
    return WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]


def _clock(text: str) -> time:
    match = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise BadTeam("hours", text)
    return time(hour, minute)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
