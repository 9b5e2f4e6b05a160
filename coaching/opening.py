"""When a team's coaches are at work: opening hours in Finland's time, public holidays left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opastin.settings import TIME_ZONE

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# {"mon": ["09:00", "15:00"], ...}; a day left out is closed, and nothing at all is "not told".
Hours = Mapping[str, Sequence[str]]
# Longer than any row of holidays and weekends; hours that never come are found out by then.
_DAYS_AHEAD = 31


def is_open(hours: Hours, now: datetime) -> bool:
    """Say whether `now` is within the hours; always where there are none."""
    if not hours:
        return True
    local = now.astimezone(TIME_ZONE)
    span = span_on(hours, local.date())
    return span is not None and span[0] <= local < span[1]


def next_open(hours: Hours, now: datetime) -> datetime | None:
    """Return when the hours begin next, `now` where they have begun; None where none are told."""
    if not hours:
        return None
    local = now.astimezone(TIME_ZONE)
    for ahead in range(_DAYS_AHEAD):
        span = span_on(hours, local.date() + timedelta(days=ahead))
        if span is not None and local < span[1]:
            return max(span[0], local)
    return None


def span_on(hours: Hours, day: date) -> tuple[datetime, datetime] | None:
    """Return when the hours begin and end on a day, None where it is closed."""
    given = hours.get(WEEKDAYS[day.weekday()])
    if not given or is_holiday(day):
        return None
    # Wall-clock times: the zone knows on which days the clock is put forward or back.
    begin, end = (
        datetime.combine(day, time.fromisoformat(written), TIME_ZONE) for written in given
    )
    return (begin, end) if begin < end else None


def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in Finland, or the eve of midsummer or Christmas."""
    return day in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    # Only whoever asks for opening hours needs the library, which is large.
    from holidays import country_holidays

    known = frozenset(country_holidays("FI", years=year))
    # By agreement free everywhere, though no law names them: an older library has neither.
    return known | {date(year, 12, 24), _midsummer_eve(year)}


def _midsummer_eve(year: int) -> date:
    nineteenth = date(year, 6, 19)
    return nineteenth + timedelta(days=(4 - nineteenth.weekday()) % 7)
