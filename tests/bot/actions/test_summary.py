"""Facts in words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.actions.summary import Summary
from guidance import profile
from opastin.texts import LANGUAGES, load_texts

NURSE = {"words": "lähihoitaja", "kind": "qualification", "field": "0913", "code": None}
VALUES = {
    "goal": profile.GOALS,
    "education": profile.EDUCATION,
    "situation": profile.SITUATIONS,
    "age_group": profile.AGE_GROUPS,
    "schedule": [[name] for name in profile.SCHEDULES],
    "teaching_languages": [[name] for name in profile.LANGUAGES],
    "online_ok": [True, False],
    "online_only": [True, False],
    "max_distance_km": [30],
    "max_months": [1, 2.5, 6],
    "weekly_hours": [7.5],
    "budget_eur": [0, 200],
    "start_by": ["2027-01-15"],
    "place": ["743", "maakunta_14", "any"],
    "field": ["09", "0923", "0714", "061"],
    "interest": ["auttaa ihmisiä"],
}


def summary(facts: dict[str, Any], language: str = "fi") -> str:
    return Summary(load_texts(), language, plain=False).of(facts)


def test_the_person_comes_first_then_place_field_and_time() -> None:
    facts = {
        "situation": "employed",
        "field": "0923",
        "place": "232",
        "competence": [NURSE],
        "education": "vocational",
    }
    assert summary(facts) == "lähihoitaja, Kauhajoki, sosiaaliala, työn ohessa"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "Vaasa, iltaisin, enintään 1 200 €"),
        ("sv", "Vasa, på kvällen, högst 1 200 €"),
        ("en", "Vaasa, in the evening, at most €1,200"),
    ],
)
def test_each_language_names_things_its_own_way(language: str, expected: str) -> None:
    facts = {"place": "905", "schedule": ["evening"], "budget_eur": 1200}
    assert summary(facts, language).replace("\u00a0", " ") == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("slot", "value"), [(slot, value) for slot, values in VALUES.items() for value in values]
)
def test_every_value_of_a_profile_has_words(language: str, slot: str, value: object) -> None:
    assert summary({slot: value}, language)


def test_several_places_are_all_named() -> None:
    assert summary({"place": "905", "places": ["905", "743"]}) == "Vaasa, Seinäjoki"


def test_a_title_is_named_in_its_base_form() -> None:
    told = {"words": "kirjanpitäjänä", "kind": "occupation", "field": "0411", "code": None}
    skill = {"words": "pienen lapsen äitinä", "kind": "skill", "field": None, "code": None}
    assert summary({"competence": [told, skill]}) == "kirjanpitäjä, pienen lapsen äitinä"


def test_words_of_a_person_are_cut_and_hold_no_field_to_fill_in() -> None:
    long = {**NURSE, "words": "{days} " + "siivous " * 20}
    shown = summary({"competence": [long]})
    assert "{" not in shown
    assert len(shown) <= 60


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("fi", "1 tunti viikossa", "2 tuntia viikossa"),
        ("sv", "1 timme i veckan", "2 timmar i veckan"),
        ("en", "1 hour a week", "2 hours a week"),
    ],
)
def test_a_number_has_the_word_that_fits_it(language: str, one: str, two: str) -> None:
    assert summary({"weekly_hours": 1}, language) == one
    assert summary({"weekly_hours": 2.0}, language) == two


@pytest.mark.parametrize(
    ("language", "words", "field", "shown"),
    [
        ("en", "in a shop", "0416", "background in retail"),
        ("sv", "på fabrik", "0722", "bakgrund inom industri"),
        ("fi", "ajan rekkaa", "1041", "taustalla kuljetusala"),
        ("fi", "in a shop", None, ""),
    ],
)
def test_a_piece_of_a_sentence_is_named_by_its_field_or_not_at_all(
    language: str, words: str, field: str | None, shown: str
) -> None:
    told = {"words": words, "kind": "occupation", "field": field, "code": None}
    assert summary({"competence": [told]}, language) == shown
