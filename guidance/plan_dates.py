"""When to do what before studies: the days that are known, and days worked out from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from catalog.search import Candidate
from guidance.eligibility import has_ended, is_closed

# Where no day is known: a month to make up one's mind, and two weeks from enrolling to the start.
TIME_TO_ENROL = timedelta(days=28)
FROM_ENROLLING_TO_START = timedelta(days=14)
DAYS_A_MONTH = 30
# Beyond this nobody plans, and dates of a broken source would overflow.
LATEST_MONTHS = 120

ENROL, START, END, ROUTE = "enrol", "start", "end", "route"
ANCHORS = (ENROL, START, END, ROUTE)


@dataclass(frozen=True)
class Day:
    """A day to do something by; `is_deadline` where somebody else has set it."""

    by: date
    is_deadline: bool = False


@dataclass(frozen=True)
class Dates:
    """The days of one option as seen from `today`; None where there is no telling."""

    today: date
    enrol: Day
    start: Day
    end: Day | None = None
    route: Day | None = None

    @classmethod
    def of(cls, candidate: Candidate, start_by: date | None, *, today: date) -> Dates:
        """Work out the days of an option for one who wants to begin by `start_by`."""
        starts = _coming(candidate.starts, today)
        enrol = _enrol(candidate, starts, start_by, today)
        start = Day(starts, True) if starts else Day(enrol.by + FROM_ENROLLING_TO_START)
        end = None
        if candidate.duration_months is not None:
            months = min(candidate.duration_months, LATEST_MONTHS)
            end = Day(start.by + timedelta(days=round(months * DAYS_A_MONTH)))
        route = _coming(candidate.route_apply_by, today)
        return cls(today, enrol, start, end, Day(route, True) if route else None)

    def before(self, anchor: str, days: int) -> Day | None:
        """Return the day that lies `days` before an anchor: never past, never after the anchor.

        When there is not that much time left, it is halfway there.
        """
        found: Day | None = getattr(self, anchor)
        if found is None or days == 0:
            return found
        wanted = found.by - timedelta(days=days)
        if wanted <= self.today:
            wanted = self.today + (found.by - self.today) // 2
        return Day(wanted)


def _enrol(candidate: Candidate, starts: date | None, start_by: date | None, today: date) -> Day:
    apply_by = _coming(candidate.apply_by, today)
    if has_ended(candidate):
        return Day(today + TIME_TO_ENROL)
    if apply_by is not None and not candidate.continuous:
        return Day(apply_by, True)
    wished = None if is_closed(candidate, today=today) else starts or _coming(start_by, today)
    if wished is None:
        return Day(today + TIME_TO_ENROL)
    return Day(max(today, wished - FROM_ENROLLING_TO_START))


# A day farther off is a mistake in the data, or means "whenever".
FARTHEST = timedelta(days=3653)


def _coming(day: date | None, today: date) -> date | None:
    return day if day is not None and today <= day <= today + FARTHEST else None
