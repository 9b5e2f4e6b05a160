"""What rules an option out, and what passes with a warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from catalog.geography import load_geography
from catalog.search import Candidate
from guidance.eligibility import is_closed, obstacles, requirement_is_unclear
from guidance.locality import locate
from guidance.profile import Profile

from .conftest import TODAY

Make = Callable[..., Candidate]


def against(profile: dict[str, Any], option: Candidate) -> tuple[str, ...]:
    learner = Profile.from_dict(profile)
    return obstacles(learner, option, locate(learner, option, load_geography()), today=TODAY)


@pytest.mark.parametrize(
    ("education", "required", "rules_out"),
    [
        ("none", "basic", True),
        ("basic", "vocational", True),
        ("vocational", "general_upper", False),
        ("general_upper", "vocational", False),
        ("vocational", "bachelor", True),
        ("bachelor", "master", True),
        ("master", "bachelor", False),
        ("foreign", "master", False),
        (None, "master", False),
        ("none", None, False),
        ("none", "none", False),
    ],
)
def test_only_a_known_lack_of_education_rules_out(
    candidate: Make, education: str | None, required: str | None, rules_out: bool
) -> None:
    option = candidate(education_required=required)
    assert (against({"education": education}, option) == ("requirement_unmet",)) is rules_out


@pytest.mark.parametrize(
    ("education", "unclear"), [("foreign", True), (None, True), ("basic", False)]
)
def test_an_unknown_education_is_unclear(
    candidate: Make, education: str | None, unclear: bool
) -> None:
    option = candidate(education_required="vocational")
    assert requirement_is_unclear(Profile(education=education), option) is unclear


@pytest.mark.parametrize(
    ("price", "budget", "rules_out"),
    [
        (0, 0, False),
        (1, 0, True),
        (200, 200, False),
        (201, 200, True),
        (None, 0, False),
        (9, None, False),
    ],
)
def test_a_known_price_above_the_budget_rules_out(
    candidate: Make, price: float | None, budget: float | None, rules_out: bool
) -> None:
    assert bool(against({"budget_eur": budget}, candidate(price_eur=price))) is rules_out


def test_a_teaching_language_that_is_not_shared_rules_out(candidate: Make) -> None:
    option = candidate(teaching_languages=("fi", "sv"))
    assert against({"teaching_languages": ["en"]}, option) == ("other_language",)
    assert against({"teaching_languages": ["en", "sv"]}, option) == ()
    assert against({"teaching_languages": ["en"]}, candidate(teaching_languages=())) == ()


def test_a_closed_application_rules_out_but_a_continuous_one_never_closes(candidate: Make) -> None:
    yesterday = TODAY - timedelta(days=1)
    assert against({}, candidate(continuous=False, apply_by=yesterday)) == ("application_closed",)
    assert against({}, candidate(continuous=False, apply_by=TODAY)) == ()
    assert against({}, candidate(continuous=False, apply_by=None)) == ()


def test_what_its_source_has_given_up_is_offered_to_nobody(candidate: Make) -> None:
    ended = candidate(withdrawn_on=TODAY, continuous=True, price_eur=90)
    assert against({"budget_eur": 0}, ended) == ("ended",)
    assert is_closed(ended, today=TODAY)


def test_distance_rules_out_only_beyond_the_distance_given(candidate: Make) -> None:
    option = candidate(place="905")
    assert against({"place": "743"}, option) == ()
    assert against({"place": "743", "max_distance_km": 30}, option) == ("far_away",)
    assert against({"place": "743", "max_distance_km": 100}, option) == ()


def test_what_is_studied_at_home_is_not_far_away(candidate: Make) -> None:
    option = candidate(place="091", modes=("online",))
    assert against({"place": "743", "max_distance_km": 30}, option) == ()


def test_blended_teaching_asks_for_travelling(candidate: Make) -> None:
    option = candidate(place="091", modes=("blended", "distance"))
    assert against({"place": "743", "max_distance_km": 30}, option) == ("far_away",)


def test_one_who_wont_study_online_is_spared_it(candidate: Make) -> None:
    refusing = {"place": "743", "online_ok": False}
    assert against(refusing, candidate(modes=("online",))) == ("only_online",)
    assert against(refusing, candidate(modes=("online", "in_person"))) == ()


def test_schedule_hours_start_and_mode_rule_nothing_out(candidate: Make) -> None:
    wishes = {
        "schedule": ["evening"],
        "weekly_hours": 2,
        "start_by": "2026-11-03",
        "online_only": True,
    }
    option = candidate(
        schedule=("daytime",),
        weekly_hours=40,
        starts=TODAY + timedelta(days=300),
        continuous=False,
    )
    assert against(wishes, option) == ()


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ({"duration_months": 4}, ("too_long",)),
        ({"duration_months": 3}, ()),
        ({"duration_months": None, "credits": 30}, ("too_long",)),
        ({"duration_months": None, "credits": None}, ()),
    ],
)
def test_what_takes_longer_than_wished_is_ruled_out(
    candidate: Make, option: dict[str, Any], found: tuple[str, ...]
) -> None:
    assert against({"max_months": 3}, candidate(**option)) == found
