"""Limits measured against the options shown."""

from __future__ import annotations

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


def test_sooner_without_known_starts_changes_nothing() -> None:
    assert refined("sooner", Profile(), priced(0)) == {}
