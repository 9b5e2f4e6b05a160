"""What tells options apart, and which routes lead to one degree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from catalog.geography import load_geography
from catalog.search import Candidate
from guidance.comparison import (
    PASSED,
    ROUTE_ROWS,
    RoundDay,
    RoutePrice,
    begin_by,
    compare,
    months_needed,
    months_to_apply,
    route_price,
    routes,
)
from guidance.locality import locate
from guidance.prices import Price
from guidance.profile import Profile
from guidance.ranking import Match, match

from .conftest import TODAY

Make = Callable[..., Candidate]
SOCIAL = {"fi": "Sosionomi (AMK)", "en": "Bachelor of Social Services"}
NURSE = {"fi": "Sairaanhoitaja (AMK)"}


def matched(candidate: Candidate) -> Match:
    learner = Profile(language="fi")
    return match(learner, candidate, locate(learner, candidate, load_geography()), today=TODAY)


def test_rows_that_tell_options_apart_come_first(candidate: Make) -> None:
    rows = compare(
        [candidate(price_eur=0, credits=5), candidate(price_eur=225, credits=5)], today=TODAY
    )
    assert (rows[0].code, rows[0].values) == ("price", (Price(0), Price(225)))
    assert not any(row.differs for row in rows[1:])


def test_what_is_not_known_of_any_is_left_out_and_of_one_is_none(candidate: Make) -> None:
    rows = {
        row.code: row.values
        for row in compare([candidate(weekly_hours=8), candidate()], today=TODAY)
    }
    assert rows["weekly_hours"] == (8, None)
    assert "months" in rows
    assert "starts" not in rows


def test_free_is_known(candidate: Make) -> None:
    rows = {
        row.code: row.values for row in compare([candidate(price_eur=0), candidate()], today=TODAY)
    }
    assert rows["price"] == (Price(0), Price(0))


def test_what_can_be_begun_at_any_time_says_so(candidate: Make) -> None:
    closing = candidate(continuous=False, apply_by=date(2027, 1, 15))
    rows = {row.code: row.values for row in compare([candidate(), closing], today=TODAY)}
    assert rows["apply_by"] == (True, date(2027, 1, 15))


def test_routes_are_of_different_types_to_the_same_degree(candidate: Make) -> None:
    options = [
        candidate(id="nurse", type="path_studies", leads_to=NURSE),
        candidate(id="open", type="open_university_path", leads_to=SOCIAL),
        candidate(id="open-2", type="open_university_path", leads_to=SOCIAL),
        candidate(id="path", type="path_studies", leads_to={"fi": "sosionomi (AMK)"}),
        candidate(id="exam-course", type="course", leads_to=SOCIAL),
        candidate(id="badge", type="skill_badge"),
    ]
    assert [item.candidate.id for item in routes(map(matched, options))] == ["open", "path"]


def test_nothing_leads_anywhere(candidate: Make) -> None:
    assert routes([matched(candidate())]) == []
    assert routes([]) == []


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ({"duration_months": 8, "credits": 60}, 8),
        ({"route_credits": 30, "credits": 60}, 24),
        ({"route_credits": 30, "credits": 60, "duration_months": 8}, 8),
        ({"credits": 5}, 2),
        ({"credits": 1}, 1),
        ({"credits": None}, None),
    ],
)
def test_months_are_reckoned_from_credits_where_nobody_says(
    candidate: Make, values: dict[str, float], months: float | None
) -> None:
    assert months_needed(candidate(**values)) == months


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ({"credits": 60, "route_credits": 30}, 12),
        ({"credits": 60, "route_credits": 30, "duration_months": 9}, 5),
        ({"credits": 25, "route_credits": 60, "duration_months": 6}, 15),
        ({"credits": 25, "route_credits": 60}, 24),
        ({"credits": None, "route_credits": 60, "duration_months": 6}, 6),
        ({"credits": 25, "duration_months": 6}, 6),
    ],
)
def test_a_route_takes_the_time_of_the_credits_that_it_demands(
    candidate: Make, values: dict[str, float], months: float | None
) -> None:
    assert months_to_apply(candidate(**values)) == months


def test_a_price_of_less_than_the_route_demands_says_of_how_many_credits_it_is(
    candidate: Make,
) -> None:
    part = route_price(candidate(credits=25, route_credits=60, price_eur=375))
    assert part == RoutePrice(Price(375), first_credits=25)
    whole = route_price(candidate(credits=60, route_credits=30, price_eur=375))
    assert whole == RoutePrice(Price(375), first_credits=None)
    assert route_price(candidate(credits=25, route_credits=60, price_eur=None)) is None


def test_one_begins_early_enough_for_credits_that_the_option_does_not_have(
    candidate: Make,
) -> None:
    values = {"duration_months": 6, "route_apply_by": date(2028, 3, 1)}
    short = begin_by(candidate(credits=25, route_credits=25, **values))
    long = begin_by(candidate(credits=25, route_credits=60, **values))
    assert (short, long) == (date(2027, 8, 31), date(2026, 11, 30))


def test_the_last_day_to_begin_is_counted_back_from_the_application(candidate: Make) -> None:
    route = candidate(duration_months=12, route_apply_by=date(2028, 3, 1))
    assert begin_by(route) == date(2027, 3, 2)
    assert begin_by(candidate(duration_months=12)) is None
    assert round_days(route) == {
        "begin_by": RoundDay(date(2027, 3, 2)),
        "route_apply_by": RoundDay(date(2028, 3, 1)),
    }


def round_days(route: Candidate) -> dict[str, object]:
    codes = ("begin_by", "route_apply_by")
    rows = compare([route], ROUTE_ROWS, today=TODAY)
    return {row.code: row.values[0] for row in rows if row.code in codes}


def test_where_a_yearly_round_is_too_near_the_next_one_is_estimated(candidate: Make) -> None:
    values = {"duration_months": 12, "route_apply_by": date(2027, 3, 24)}
    spring = candidate(route_round="joint_spring", **values)
    assert round_days(spring) == {
        "begin_by": RoundDay(date(2027, 3, 25), is_estimate=True),
        "route_apply_by": RoundDay(date(2028, 3, 24), is_estimate=True),
    }
    later = candidate(route_round="joint_spring", starts=date(2027, 6, 1), **values)
    assert round_days(later)["route_apply_by"] == RoundDay(date(2029, 3, 24), is_estimate=True)


def test_a_day_to_begin_that_has_passed_for_good_is_not_told_as_one_to_come(
    candidate: Make,
) -> None:
    route = candidate(duration_months=12, route_apply_by=date(2027, 3, 24), route_round="separate")
    assert round_days(route) == {
        "begin_by": PASSED,
        "route_apply_by": RoundDay(date(2027, 3, 24)),
    }


def test_a_round_on_a_leap_day_comes_a_day_earlier_the_next_year(candidate: Make) -> None:
    route = candidate(
        duration_months=12,
        route_apply_by=date(2028, 2, 29),
        route_round="joint_spring",
        starts=date(2027, 6, 1),
    )
    assert round_days(route)["route_apply_by"] == RoundDay(date(2029, 2, 28), is_estimate=True)
