"""Dates that have passed, that cannot all be right, or that are years away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.checks.finding import Finding
from catalog.checks.records import Record, Row, is_closed

# Nobody plans further ahead; what lies further off has a digit wrong.
MOST_YEARS = 10


def check_dates(record: Record, today: date) -> Iterator[Finding]:
    """Yield what is wrong with the dates of an option and its offerings."""
    yield from _distant(record.option, ("route_apply_by",), today, None)
    for offering in record.offerings:
        yield from _distant(offering, ("apply_from", "apply_by", "starts"), today, offering.id)
        yield from _impossible(offering)
    offerings = record.open_offerings(today)
    # Where all is closed, that is the one thing to mend.
    if offerings:
        for offering in record.offerings:
            yield from _passed(offering, today)


def _passed(offering: Row, today: date) -> Iterator[Finding]:
    if is_closed(offering, today):
        detail = f"{offering.apply_by} has passed"
        yield Finding("closed_offering", "apply_by", detail, offering.id)
    elif offering.apply_by is None and not offering.continuous:
        if offering.starts is not None and offering.starts < today:
            yield Finding("started", "starts", f"{offering.starts} has passed", offering.id)
        else:
            is_fixed = offering.admission == "fixed" and offering.apply_from is None
            kind = "fixed_without_dates" if is_fixed else "no_deadline"
            yield Finding(kind, "apply_by", "is missing", offering.id)


def _impossible(offering: Row) -> Iterator[Finding]:
    def finding(field: str, detail: str) -> Finding:
        return Finding("impossible_dates", field, detail, offering.id)

    opens, closes, starts = offering.apply_from, offering.apply_by, offering.starts
    if opens is not None and closes is not None and closes < opens:
        yield finding("apply_by", f"{closes} is before the application opens ({opens})")
    if opens is not None and starts is not None and starts < opens:
        yield finding("starts", f"{starts} is before the application opens ({opens})")
    if offering.continuous and closes is not None:
        yield finding("apply_by", f"{closes} is given, though one can begin at any time")


def _distant(
    row: Row, fields: tuple[str, ...], today: date, offering: str | None
) -> Iterator[Finding]:
    for field in fields:
        day: date | None = getattr(row, field)
        if day is not None and abs(day.year - today.year) > MOST_YEARS:
            yield Finding("distant_date", field, f"{day} is years away", offering)
