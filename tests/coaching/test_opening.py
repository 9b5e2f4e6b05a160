"""Opening hours: days, holidays, eves, and the clock put forward and back."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from coaching.opening import is_holiday, is_open, next_open
from opastin.settings import TIME_ZONE
from tests.coaching.desk import OFFICE_HOURS

EVERY_DAY = {day: ["09:00", "15:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def finland(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=TIME_ZONE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (finland(2026, 11, 23, 8, 59), False),
        (finland(2026, 11, 23, 9, 0), True),
        (finland(2026, 11, 23, 14, 59), True),
        (finland(2026, 11, 23, 15, 0), False),
        (finland(2026, 11, 22, 10, 0), False),
        (datetime(2026, 11, 23, 7, 30, tzinfo=timezone.utc), True),
        (datetime(2026, 11, 23, 6, 30, tzinfo=timezone.utc), False),
    ],
)
def test_hours_are_finlands_whatever_zone_one_asks_in(moment, expected):
    assert is_open(OFFICE_HOURS, moment) is expected


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 19),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2027, 3, 26),
        date(2028, 6, 23),
        date(2029, 12, 6),
    ],
)
def test_holidays_and_their_eves_are_closed(day):
    assert is_holiday(day)
    assert not is_open(EVERY_DAY, datetime(day.year, day.month, day.day, 12, tzinfo=TIME_ZONE))


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2026, 4, 30), date(2026, 4, 2)])
def test_eves_on_which_people_work_are_open(day):
    assert not is_holiday(day)


def test_after_hours_the_next_morning_is_told():
    assert next_open(OFFICE_HOURS, finland(2026, 11, 23, 16, 0)) == finland(2026, 11, 24, 9, 0)


def test_before_and_within_hours_today_is_told():
    assert next_open(OFFICE_HOURS, finland(2026, 11, 23, 7, 0)) == finland(2026, 11, 23, 9, 0)
    now = finland(2026, 11, 23, 10, 0)
    assert next_open(OFFICE_HOURS, now) == now


def test_christmas_is_passed_over():
    assert next_open(OFFICE_HOURS, finland(2026, 12, 23, 15, 1)) == finland(2026, 12, 28, 9, 0)


def test_nine_is_nine_on_either_side_of_a_change_of_the_clock():
    before, after = finland(2026, 3, 28, 16, 0), finland(2026, 3, 29, 9, 0)
    assert next_open(EVERY_DAY, before) == after
    assert after.astimezone(timezone.utc).hour == 6
    autumn = next_open(EVERY_DAY, finland(2026, 10, 24, 16, 0))
    assert autumn is not None
    assert autumn.astimezone(timezone.utc).hour == 7


def test_the_hour_that_comes_twice_is_within_hours_both_times():
    hours = {"sun": ["03:00", "05:00"]}
    twice = [
        datetime(2026, 10, 25, 0, 30, tzinfo=timezone.utc),
        datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc),
    ]
    assert [is_open(hours, moment) for moment in twice] == [True, True]


def test_hours_that_nobody_has_told_are_always_open_and_never_promised():
    assert is_open({}, finland(2026, 12, 25, 3, 0))
    assert next_open({}, finland(2026, 12, 25, 3, 0)) is None


def test_hours_that_never_come_are_not_promised():
    assert next_open({"mon": ["15:00", "09:00"]}, finland(2026, 11, 23, 10, 0)) is None
