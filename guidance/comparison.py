"""Options side by side: the rows of a comparison, and the routes to one degree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.search import Candidate
from guidance.length import asks_more, months_of, months_of_route
from guidance.locality import is_remote
from guidance.prices import Price, price_of
from guidance.ranking import Match

MAX_COMPARED = 3
AT_HOME = "at_home"
# The day to begin by, where it is over.
PASSED = "passed"
YEARLY_ROUNDS = ("joint_spring", "joint_autumn")
# No round is estimated further ahead.
YEARS_AHEAD = 4
DAYS_A_MONTH = 365.25 / 12

# What is a way to a degree by itself; a course that prepares for an exam is none.
ROUTE_TYPES = ("open_university_path", "path_studies", "study_package", "micro_credential")

OPTION_ROWS = (
    "type",
    "place",
    "price",
    "credits",
    "weekly_hours",
    "months",
    "modes",
    "schedule",
    "teaching_languages",
    "education",
    "apply_by",
    "starts",
    "leads_to",
)
ROUTE_ROWS = (
    "type",
    "route_credits",
    "route_grade",
    "route_months",
    "route_price",
    "begin_by",
    "route_apply_by",
    "place",
    "education",
    "if_not",
)


@dataclass(frozen=True)
class Row:
    """What one thing is for each of the options, in their order; None where it is not known."""

    code: str
    values: tuple[object, ...]

    @property
    def differs(self) -> bool:
        """Say whether the row tells the options apart."""
        return len(set(self.values)) > 1


def compare(
    candidates: Sequence[Candidate], codes: Sequence[str] = OPTION_ROWS, *, today: date
) -> list[Row]:
    """Return the rows of which anything is known, those that tell the options apart first."""
    rows = [
        Row(code, tuple(_value(code, candidate, today) for candidate in candidates))
        for code in codes
    ]
    known = [row for row in rows if any(value is not None for value in row.values)]
    return sorted(known, key=lambda row: not row.differs)


def routes(ranked: Iterable[Match]) -> list[Match]:
    """Return the best routes to one degree, each of another type; none when no degree is led to.

    The degree is the one that most kinds of routes lead to, of several the best ranked.
    """
    by_degree: dict[str, dict[str, Match]] = {}
    for item in ranked:
        degree = degree_of(item.candidate)
        if degree is not None and is_route(item.candidate):
            by_degree.setdefault(degree, {}).setdefault(item.candidate.type, item)
    most = max(by_degree.values(), key=len, default={})
    return list(most.values())[:MAX_COMPARED]


def is_route(candidate: Candidate) -> bool:
    """Say whether an option is a way to a degree by itself."""
    return degree_of(candidate) is not None and candidate.type in ROUTE_TYPES


def degree_of(candidate: Candidate) -> str | None:
    """Return the degree that an option leads towards, by one name whatever the language."""
    names = candidate.leads_to
    name = names.get("fi") or next(iter(names.values()), None)
    return None if name is None else name.casefold()


def months_needed(candidate: Candidate) -> float | None:
    """Return how many months the option itself takes."""
    return months_of(candidate.duration_months, candidate.credits)


def months_to_apply(candidate: Candidate) -> float | None:
    """Return how many months it takes to have the credits that the option's route demands."""
    return months_of_route(candidate.duration_months, candidate.credits, candidate.route_credits)


@dataclass(frozen=True)
class RoutePrice:
    """A price, and of how many credits it is where the route demands more than the option has."""

    price: Price
    first_credits: float | None = None


def route_price(candidate: Candidate) -> RoutePrice | None:
    """Return what the option costs as part of its route, None when that is not known."""
    price = price_of(candidate)
    if price is None:
        return None
    is_part = asks_more(candidate.credits, candidate.route_credits)
    return RoutePrice(price, candidate.credits if is_part else None)


def begin_by(candidate: Candidate) -> date | None:
    """Return the last day to begin so that the credits are done by the application date."""
    months = months_to_apply(candidate)
    if candidate.route_apply_by is None or months is None:
        return None
    return candidate.route_apply_by - timedelta(days=round(months * DAYS_A_MONTH))


@dataclass(frozen=True)
class RoundDay:
    """A day of a round of applications; an estimate where it is that of a later year."""

    day: date
    is_estimate: bool = False


def round_in_time(candidate: Candidate, today: date) -> tuple[RoundDay | None, RoundDay | None]:
    """Return the last days to begin and to apply, of the first round that can still be made.

    A round held every year is taken to come again a year later; the day to begin is None where it
    has passed for good or is not known.
    """
    last_day, apply_by = begin_by(candidate), candidate.route_apply_by
    if apply_by is None:
        return None, None
    first_day = max(today, candidate.starts or today)
    is_yearly = candidate.route_round in YEARLY_ROUNDS
    needed = apply_by - (last_day or apply_by)
    for years in range(YEARS_AHEAD if is_yearly else 1):
        by = _years_later(apply_by, years)
        if by - needed >= first_day:
            begin = None if last_day is None else RoundDay(by - needed, years > 0)
            return begin, RoundDay(by, years > 0)
    return None, RoundDay(apply_by)


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day and years else day.day)


def _begin_by(candidate: Candidate, today: date) -> RoundDay | str | None:
    begin, _ = round_in_time(candidate, today)
    return PASSED if begin is None and begin_by(candidate) is not None else begin


def _value(code: str, candidate: Candidate, today: date) -> object:
    if code == "begin_by":
        return _begin_by(candidate, today)
    if code == "route_apply_by":
        return round_in_time(candidate, today)[1]
    read = _READERS.get(code)
    value = getattr(candidate, code) if read is None else read(candidate)
    return None if value == () else value


_READERS: Mapping[str, Callable[[Candidate], object]] = {
    "apply_by": lambda candidate: candidate.continuous or candidate.apply_by,
    "education": lambda candidate: candidate.education_required,
    "if_not": lambda candidate: candidate.type,
    "leads_to": lambda candidate: tuple(sorted(candidate.leads_to.items())),
    "months": months_needed,
    "place": lambda candidate: candidate.place or (AT_HOME if is_remote(candidate) else None),
    "price": price_of,
    "route_months": months_to_apply,
    "route_price": route_price,
}
