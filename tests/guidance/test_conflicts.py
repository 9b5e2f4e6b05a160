"""Conflicts that are found before anybody applies, and those that are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from catalog.search import Candidate
from guidance.conflicts import ALAND, conflicts
from guidance.profile import Profile
from guidance.remarks import Remark

from .conftest import TODAY

Make = Callable[..., Candidate]
MAINLAND = "maakunta_14"


def found(
    profile: dict[str, Any], option: Candidate, region: str | None = MAINLAND
) -> tuple[Remark, ...]:
    return conflicts(Profile.from_dict(profile), option, region=region, today=TODAY)


def codes(profile: dict[str, Any], option: Candidate, region: str | None = MAINLAND) -> list[str]:
    return [remark.code for remark in found(profile, option, region)]


@pytest.mark.parametrize(
    ("situation", "region", "expected"),
    [
        ("unemployed", MAINLAND, ["benefit_check_first"]),
        ("laid_off", MAINLAND, ["benefit_check_first"]),
        ("unemployed", None, ["benefit_check_first"]),
        ("unemployed", ALAND, ["benefit_check_aland"]),
        ("employed", MAINLAND, []),
        ("employed", ALAND, []),
        (None, MAINLAND, []),
    ],
)
def test_whoever_has_no_work_is_sent_to_those_who_decide_there(
    candidate: Make, situation: str | None, region: str | None, expected: list[str]
) -> None:
    assert codes({"situation": situation}, candidate(), region) == expected


@pytest.mark.parametrize(
    ("hours", "months", "situation", "region", "warned"),
    [
        (25, 7, "unemployed", MAINLAND, True),
        (40, 12, "laid_off", MAINLAND, True),
        (24, 7, "unemployed", MAINLAND, False),
        (25, 6, "unemployed", MAINLAND, False),
        (None, 12, "unemployed", MAINLAND, False),
        (40, None, "unemployed", MAINLAND, False),
        (40, 12, "employed", MAINLAND, False),
        (40, 12, "unemployed", ALAND, False),
    ],
)
def test_long_full_time_studies_endanger_a_benefit(
    candidate: Make,
    hours: float | None,
    months: float | None,
    situation: str,
    region: str,
    warned: bool,
) -> None:
    option = candidate(weekly_hours=hours, duration_months=months)
    assert (
        "long_full_time_unemployed" in codes({"situation": situation}, option, region)
    ) is warned


def test_training_that_the_authority_buys_endangers_none(candidate: Make) -> None:
    option = candidate(weekly_hours=35, duration_months=9, funding=("employment_training",))
    assert codes({"situation": "unemployed"}, option) == ["benefit_check_first"]


@pytest.mark.parametrize(
    ("situation", "funding", "warned"),
    [
        ("unemployed", ("jotpa",), True),
        ("unemployed", ("employment_training",), False),
        ("unemployed", (), False),
        ("laid_off", ("jotpa",), False),
        ("employed", ("jotpa",), False),
        (None, ("jotpa",), False),
    ],
)
def test_what_jotpa_funds_is_not_for_the_unemployed(
    candidate: Make, situation: str | None, funding: tuple[str, ...], warned: bool
) -> None:
    warnings = codes({"situation": situation}, candidate(funding=funding))
    assert ("not_for_unemployed" in warnings) is warned


@pytest.mark.parametrize(
    ("education", "expected"),
    [
        ("vocational", ["degree_needed_first"]),
        ("general_upper", ["degree_needed_first"]),
        ("bachelor", []),
        ("master", []),
        (None, ["requirement_unclear"]),
        ("foreign", ["requirement_unclear"]),
    ],
)
def test_a_masters_route_needs_a_degree_first(
    candidate: Make, education: str | None, expected: list[str]
) -> None:
    profile = {"education": education}
    assert codes(profile, candidate(leads_to_level="master")) == expected
    assert codes(profile, candidate(leads_to_level="bachelor")) == []


def test_an_unclear_demand_is_said_once(candidate: Make) -> None:
    option = candidate(leads_to_level="master", education_required="bachelor")
    (remark,) = found({}, option)
    assert remark == Remark("requirement_unclear", {"education": "bachelor"})


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"teaching_languages": ["en"]}, ["language_needed"]),
        ({"teaching_languages": ["fi", "en"]}, []),
        ({"language": "en"}, ["language_level_check"]),
        ({}, ["language_level_check"]),
        ({"language": "fi"}, []),
        ({"language": "fi", "plain_language": True}, ["language_level_check"]),
        ({"language": "fi", "teaching_languages": ["sv"]}, ["language_needed"]),
    ],
)
def test_a_language_that_is_demanded_and_not_had(
    candidate: Make, profile: dict[str, Any], expected: list[str]
) -> None:
    assert codes(profile, candidate(language_required=("fi:B1",))) == expected
    assert codes(profile, candidate()) == []


def test_a_language_is_named_with_its_level(candidate: Make) -> None:
    remarks = found({"language": "en"}, candidate(language_required=("fi:B1", "sv:A2")))
    assert [remark.values for remark in remarks] == [
        {"language": "fi", "level": "B1"},
        {"language": "sv", "level": "A2"},
    ]


@pytest.mark.parametrize(
    ("days", "starts", "months", "late"),
    [
        (100, None, 6, True),
        (200, None, 6, False),
        (200, 60, 6, True),
        (200, -60, 6, False),
        (100, None, None, False),
        (None, None, 6, False),
    ],
)
def test_a_degrees_round_that_cannot_be_made(
    candidate: Make, days: int | None, starts: int | None, months: float | None, late: bool
) -> None:
    def day(number: int | None) -> object:
        return None if number is None else TODAY + timedelta(days=number)

    option = candidate(
        route_apply_by=day(days), starts=day(starts), duration_months=months, credits=None
    )
    expected = [Remark("too_late_for_round", {"date": day(days)})] if late else []
    assert list(found({}, option)) == expected


def test_a_route_that_asks_for_half_the_credits_takes_half_the_time(candidate: Make) -> None:
    route = {"route_apply_by": TODAY + timedelta(days=200), "duration_months": 12, "credits": 60}
    assert codes({}, candidate(**route)) == ["too_late_for_round"]
    assert codes({}, candidate(**route, route_credits=30)) == []
