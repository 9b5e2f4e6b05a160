"""Limits measured against the options shown."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.dialogue_memory import Shown
from guidance.dialogue_refine import refined
from guidance.profile import Profile


def priced(*prices: float | None) -> list[Shown]:
    return [Shown("id", "title", price_eur=price) for price in prices]


def distant(*distances: float | None) -> list[Shown]:
    return [Shown("id", "title", distance_km=distance) for distance in distances]


@pytest.mark.parametrize(
    ("prices", "budget", "limit"),
    [
        ((0, 45, 225, 450, 900), None, 225),
        ((225, 225, 225), None, 150),
        ((0, 0, 90), None, 60),
        ((0, 30), 30, 20),
        ((0, 5), None, 3),
        ((100, 300), 80, 50),
        ((0, None), None, None),
        ((None, None), None, None),
        ((), None, None),
    ],
)
def test_cheaper_leaves_out_the_dearest(
    prices: tuple[float | None, ...], budget: float | None, limit: float | None
) -> None:
    profile = Profile(budget_eur=budget)
    expected = {} if limit is None else {"budget_eur": limit}
    assert refined("cheaper", profile, priced(*prices)) == expected


def test_nearer_leaves_out_the_farthest() -> None:
    profile = Profile(place="743")
    assert refined("nearer", profile, distant(0, 24, 71)) == {"max_distance_km": 24}
    assert refined("nearer", profile, distant(0, 52)) == {"max_distance_km": 30}
    assert refined("nearer", profile, distant(0, None)) == {}
    assert refined("nearer", Profile(), distant(24, 71)) == {}


def lasting(*months: float | None) -> list[Shown]:
    return [Shown("id", "title", months=value) for value in months]


def starting(*days: str | None) -> list[Shown]:
    return [Shown("id", "title", starts=day) for day in days]


@pytest.mark.parametrize(
    ("months", "limit", "expected"),
    [
        ((2, 6, 12), None, 6),
        ((12, 12), None, 8),
        ((6, 12), 6, 4),
        ((1, 1), None, None),
        ((None, None), None, None),
    ],
)
def test_shorter_leaves_out_the_longest(
    months: tuple[float | None, ...], limit: float | None, expected: float | None
) -> None:
    found = refined("shorter", Profile(max_months=limit), lasting(*months))
    assert found == ({} if expected is None else {"max_months": expected})


@pytest.mark.parametrize(
    ("days", "start_by", "expected"),
    [
        (("2026-09-01", "2027-01-10", "2027-03-01"), None, "2027-01-10"),
        (("2026-09-01", None), None, None),
        (("2027-01-10",), date(2027, 1, 10), None),
        (("2027-01-10",), date(2026, 12, 1), None),
        (("2027-01-10",), date(2027, 3, 1), "2027-01-10"),
        # A wished day that is over wishes for nothing any more.
        (("2027-01-10",), date(2026, 9, 1), "2027-01-10"),
    ],
)
def test_sooner_is_never_before_today_nor_later_than_wished(
    days: tuple[str | None, ...], start_by: date | None, expected: str | None
) -> None:
    found = refined("sooner", Profile(start_by=start_by), starting(*days), date(2026, 11, 2))
    assert found == ({} if expected is None else {"start_by": expected})


def test_sooner_without_known_starts_changes_nothing() -> None:
    assert refined("sooner", Profile(), priced(0)) == {}
