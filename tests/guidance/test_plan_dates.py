"""Days of a plan: known ones kept, others worked out, none of them past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search import Candidate
from guidance.plan_dates import ANCHORS, Dates, Day
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
APPLY_BY, STARTS = date(2027, 1, 15), date(2027, 2, 1)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1))


def dates(start_by: date | None = None, **values: Any) -> Dates:
    return Dates.of(make_candidate(**values), start_by, today=TODAY)


def test_what_the_school_has_set_is_a_deadline() -> None:
    found = dates(
        continuous=False, apply_by=APPLY_BY, starts=STARTS, route_apply_by=date(2027, 3, 30)
    )
    assert found.enrol == Day(APPLY_BY, True)
    assert found.start == Day(STARTS, True)
    assert found.route == Day(date(2027, 3, 30), True)


@pytest.mark.parametrize(
    ("values", "start_by", "enrol"),
    [
        # Open at any time: a month from now, or in time for the wished start.
        ({}, None, date(2026, 11, 30)),
        ({}, date(2027, 1, 15), date(2027, 1, 1)),
        ({}, date(2026, 11, 5), TODAY),
        ({}, date(2026, 10, 1), date(2026, 11, 30)),
        # Only the start is known.
        ({"continuous": False, "starts": STARTS}, None, date(2027, 1, 18)),
        # Closed: by then it is known when the next round is.
        ({"continuous": False, "apply_by": date(2026, 10, 1)}, None, date(2026, 11, 30)),
    ],
)
def test_a_day_to_enrol_is_worked_out(
    values: dict[str, Any], start_by: date | None, enrol: date
) -> None:
    assert dates(start_by, **values).enrol == Day(enrol)


def test_an_unknown_start_follows_enrolling() -> None:
    found = dates(continuous=False, apply_by=APPLY_BY, duration_months=3)
    assert found.start == Day(APPLY_BY + timedelta(days=14))
    assert found.end == Day(found.start.by + timedelta(days=90))


def test_what_comes_before_is_two_weeks_earlier_or_halfway() -> None:
    found = dates(continuous=False, apply_by=APPLY_BY, starts=STARTS)
    assert found.before("enrol", 14) == Day(date(2027, 1, 1))
    near = dates(continuous=False, apply_by=TODAY + timedelta(days=6))
    assert near.before("enrol", 14) == Day(TODAY + timedelta(days=3))
    last_day = dates(continuous=False, apply_by=TODAY)
    assert last_day.before("enrol", 14) == Day(TODAY)


def test_there_is_no_day_before_what_is_not_known(
    candidate: Callable[..., Candidate],
) -> None:
    assert dates().before("route", 60) is None
    assert dates().before("end", 0) is None


@given(DAYS, DAYS, DAYS, st.none() | st.floats(0, 1e6), st.booleans(), st.integers(0, 90), DAYS)
def test_no_day_is_past_and_what_comes_before_is_not_after(
    apply_by: date | None,
    starts: date | None,
    route: date | None,
    months: float | None,
    continuous: bool,
    days: int,
    start_by: date | None,
) -> None:
    found = dates(
        start_by,
        apply_by=apply_by,
        starts=starts,
        route_apply_by=route,
        duration_months=months,
        continuous=continuous,
    )
    for anchor in ANCHORS:
        day, anchored = found.before(anchor, days), found.before(anchor, 0)
        assert (day is None) == (anchored is None)
        if day is not None and anchored is not None:
            assert TODAY <= day.by <= anchored.by
