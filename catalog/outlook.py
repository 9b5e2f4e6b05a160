"""How work is found in a field and a region: what is known today, and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.kept import Kept
from catalog.models import FieldOutlook

# Codes of fields get longer by level: 09, 091, 0913.
SHORTEST_FIELD = 2

Key = tuple[str, str]


@dataclass(frozen=True)
class Outlook:
    """`shortage`, `balance` or `oversupply` of people in a field and a region, and who says so."""

    field: str
    region: str
    outlook: str
    source: str
    published: date
    sample: bool


class Outlooks:
    """The outlooks that hold on a day, by field and region."""

    def __init__(self, rows: Iterable[Outlook] = ()) -> None:
        """Keep `rows`, of which the sample's count only for options of the sample."""
        self._real: dict[Key, Outlook] = {}
        self._sample: dict[Key, Outlook] = {}
        for row in rows:
            (self._sample if row.sample else self._real)[row.field, row.region] = row

    def of(self, field: str | None, region: str | None, *, sample: bool) -> Outlook | None:
        """Return the outlook of the field, else of the nearest field above it, if there is one.

        `sample` says that the option asked for is of the sample catalogue.
        """
        if field is None or region is None:
            return None
        found = _nearest(self._real, field, region)
        return _nearest(self._sample, field, region) if sample and found is None else found


def read_outlooks(session: Session, *, today: date) -> Outlooks:
    """Return the outlooks that are published and have not expired."""
    token, known = _kept.of_now(session, [today])
    if today not in known:
        known[today] = Outlooks(_read(session, today))
        _kept.keep(token, known)
    return known[today]


_kept: Kept[date, Outlooks] = Kept(2)


def _read(session: Session, today: date) -> Iterator[Outlook]:
    table = FieldOutlook.__table__
    query = select(
        table.c.field,
        table.c.region,
        table.c.outlook,
        table.c.source,
        table.c.published,
        table.c.sample,
    ).where(table.c.published <= today, table.c.valid_to >= today)
    return (Outlook(**row) for row in session.execute(query).mappings())


def _nearest(rows: Mapping[Key, Outlook], field: str, region: str) -> Outlook | None:
    for length in range(len(field), SHORTEST_FIELD - 1, -1):
        found = rows.get((field[:length], region))
        if found is not None:
            return found
    return None
