"""Count searches that found nothing near enough: where and of what, never whose.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import func, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from coaching.models import Conversation, Demand

KINDS = ("nothing", "far", "online_only")
# What speaks for the service itself and for no person.
UNCOUNTED_CHANNELS = frozenset({"test"})
# Nobody looks for more in a week, and no one conversation shall move the figures much.
MOST_A_WEEK = 20
_LONGEST = {"place": 20, "field": 2, "type": 40, "mode": 20, "kind": 20}


@dataclass(frozen=True)
class Unmet:
    """A search that found nothing near enough; an empty text is "not known"."""

    place: str
    field: str
    type: str
    mode: str
    kind: str


@dataclass(frozen=True)
class Group:
    """How many searches for a broad field found nothing near enough in a place.

    `types` and `modes` are the same searches by what served them and how they were to be taught.
    """

    place: str
    field: str
    searches: int
    types: Mapping[str, int] = dataclasses.field(default_factory=dict)
    modes: Mapping[str, int] = dataclasses.field(default_factory=dict)


def read_unmet(value: object) -> Unmet | None:
    """Return what the bot says about a search; None where it is not as agreed."""
    if not isinstance(value, Mapping) or value.get("kind") not in KINDS:
        return None
    words = {name: value.get(name) or "" for name in _LONGEST}
    for name, word in words.items():
        if not isinstance(word, str) or len(word) > _LONGEST[name]:
            return None
    return Unmet(**words)


def count_unmet(session: Session, conversation: Conversation, unmet: Unmet, *, today: date) -> bool:
    """Count a search once per conversation, place, field and week; say whether it was counted.

    What was counted is kept in the conversation, and forgotten with it or after the week.
    """
    week = week_of(today)
    key = f"{week} {unmet.place} {unmet.field}"
    counted = [known for known in conversation.counted or () if known.startswith(f"{week} ")]
    is_new = key not in counted and len(counted) < MOST_A_WEEK
    if conversation.channel in UNCOUNTED_CHANNELS or not is_new:
        return False
    conversation.counted = [*counted, key]
    _add(session, {"week": week, **asdict(unmet)})
    return True


def forget_counted(connection: Connection, *, now: datetime) -> None:
    """Forget under what the conversations unused this week were counted; the counts stay."""
    monday = datetime.combine(now.date() - timedelta(days=now.weekday()), time(), now.tzinfo)
    connection.execute(
        update(Conversation.__table__)
        .where(Conversation.counted.is_not(None), Conversation.used_at < monday)
        .values(counted=null())
    )


def read_demand(session: Session, *, weeks: int, today: date) -> Iterator[Group]:
    """Yield the groups of the last `weeks` weeks, this one with them, by place and field."""
    parts = (Demand.place, Demand.field, Demand.type, Demand.mode)
    query = (
        select(*parts, func.sum(Demand.searches))
        .where(Demand.week >= first_week(weeks, today), Demand.week <= week_of(today))
        .group_by(*parts)
        .order_by(*parts)
    )
    for (place, field), rows in groupby(session.execute(query), key=lambda row: row[:2]):
        types: Counter[str] = Counter()
        modes: Counter[str] = Counter()
        for _, _, type_, mode, number in rows:
            types[type_] += int(number)
            modes[mode] += int(number)
        yield Group(place, field, types.total(), types, modes)


def week_of(day: date) -> str:
    """Return the ISO week of a day: `2026-W09`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def first_week(weeks: int, today: date) -> str:
    """Return the first of the last `weeks` weeks."""
    return week_of(today - timedelta(weeks=weeks - 1))


def _add(session: Session, key: dict[str, Any]) -> None:
    # Two conversations may count the first search of a kind at the same moment.
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(Demand.__table__).values(searches=0, **key)
    session.execute(row.on_conflict_do_nothing())
    columns = Demand.__table__.c
    session.execute(
        update(Demand.__table__)
        .where(*(columns[name] == value for name, value in key.items()))
        .values(searches=columns.searches + 1)
    )
