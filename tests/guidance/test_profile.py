"""Profiles: what is accepted, what is refused, and by which name."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.profile import Competence, Profile, ProfileError

FULL = {
    "language": "fi",
    "plain_language": False,
    "goal": "degree",
    "interest": "sosionomiksi",
    "field": "0923",
    "place": "743",
    "places": ["743", "232", "maakunta_14"],
    "max_distance_km": 50,
    "online_ok": True,
    "online_only": False,
    "teaching_languages": ["fi", "en"],
    "education": "vocational",
    "competence": [
        {"words": "lähihoitaja", "kind": "qualification", "field": "0913", "code": None}
    ],
    "situation": "employed",
    "schedule": ["evening"],
    "weekly_hours": 8,
    "budget_eur": 0,
    "start_by": "2027-01-15",
    "age_group": "30_plus",
}


def test_a_full_profile_comes_back_as_it_was() -> None:
    assert Profile.from_dict(FULL).to_dict() == FULL


def test_any_subset_is_a_profile() -> None:
    for key, value in FULL.items():
        assert Profile.from_dict({key: value}).to_dict() == {key: value}
    assert Profile.from_dict({}) == Profile()


def test_null_is_not_known() -> None:
    assert Profile.from_dict(dict.fromkeys(FULL)) == Profile()


def test_values_become_types() -> None:
    profile = Profile.from_dict(FULL)
    assert profile.start_by == date(2027, 1, 15)
    assert profile.competence == (Competence("lähihoitaja", "qualification", "0913"),)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("place", "999999"),
        ("place", 743),
        ("places", "743"),
        ("field", "0999999x"),
        ("field", "77"),
        ("language", "de"),
        ("plain_language", "yes"),
        ("weekly_hours", True),
        ("weekly_hours", -1),
        ("budget_eur", float("nan")),
        ("budget_eur", "100"),
        ("max_distance_km", 10**400),
        ("start_by", "2026-02-30"),
        ("start_by", "2027-W01-1"),
        ("start_by", 20270101),
        ("schedule", ["night"]),
        ("schedule", [["evening"]]),
        ("interest", " "),
        ("interest", "x" * 501),
        ("competence", [{"words": "x"}]),
        ("competence", [{"words": "x", "kind": "skill", "level": 1}]),
        ("age_group", 30),
        ("education", ["basic"]),
    ],
)
def test_a_bad_value_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(ProfileError, match=key):
        Profile.from_dict({key: value})


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(ProfileError, match="shoe_size"):
        Profile.from_dict({"shoe_size": 44})


@pytest.mark.parametrize("values", [None, [], "x", 1])
def test_only_an_object_is_a_profile(values: object) -> None:
    with pytest.raises(ProfileError):
        Profile.from_dict(values)


def test_anywhere_is_a_place_that_is_no_place() -> None:
    assert Profile.from_dict({"place": "any", "places": ["any", "743"]}).all_places == ("743",)
