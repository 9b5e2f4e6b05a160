"""An option's route, funding and remarks as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.outlook import Outlook
from catalog.search import Candidate
from guidance.conflicts import ALAND, conflicts
from guidance.presentation import Words, option_card
from guidance.profile import Profile
from guidance.remarks import Remark
from guidance.suggestions import Suggestion
from opastin.texts import LANGUAGES, load_texts

from .conftest import TODAY

Make = Callable[..., Candidate]
DEGREE = {"fi": "Sosionomi (AMK)", "sv": "Socionom (YH)", "en": "Bachelor of Social Services"}


def words(language: str, *, plain: bool = False) -> Words:
    return Words(load_texts(), language, plain=plain)


def card(option: Candidate, language: str, *reasons: Remark) -> dict[str, Any]:
    return option_card(Suggestion(option, None, reasons, ()), words(language))


@pytest.mark.parametrize(
    ("language", "by"),
    [
        ("fi", "kevään yhteishaku"),
        ("sv", "vårens gemensamma ansökan"),
        ("en", "spring joint application"),
    ],
)
def test_a_route_is_told_in_the_language_of_the_conversation(
    candidate: Make, language: str, by: str
) -> None:
    option = candidate(
        leads_to=DEGREE,
        route_credits=30.0,
        route_grade="3/5",
        route_apply_by=date(2027, 3, 24),
        route_round="joint_spring",
        funding=("jotpa",),
    )
    shown = card(option, language)
    assert shown["route"] == {
        "degree": DEGREE[language],
        "credits": 30,
        "grade": "3/5",
        "apply_by": "2027-03-24",
        "by": by,
    }
    assert shown["funding"] == ["jotpa"]


def test_what_leads_nowhere_has_no_route(candidate: Make) -> None:
    shown = card(candidate(), "fi")
    assert (shown["route"], shown["funding"]) == (None, [])


def test_a_degree_known_in_one_language_is_named_in_that(candidate: Make) -> None:
    shown = card(candidate(leads_to={"fi": "Sosionomi (AMK)"}), "en")
    assert shown["route"]["degree"] == "Sosionomi (AMK)"
    assert shown["route"]["credits"] is None


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("fi", "Barometri", "Etelä-Pohjanmaalla alalla on pulaa osaajista (Barometri, 9/2026)"),
        ("fi", "sample", "Etelä-Pohjanmaalla alalla on pulaa osaajista (esimerkkitieto, 9/2026)"),
        (
            "sv",
            "Barometri",
            "I Södra Österbotten råder det brist på folk i branschen (Barometri, 9/2026)",
        ),
        (
            "en",
            "sample",
            "In South Ostrobothnia the field is short of people (sample data, September 2026)",
        ),
    ],
)
def test_a_shortage_names_place_source_and_month(
    candidate: Make, language: str, source: str, text: str
) -> None:
    row = Outlook("0923", "maakunta_14", "shortage", source, date(2026, 9, 15), source == "sample")
    values = {"place": row.region, "source": row.source, "month": row.published}
    (reason,) = card(candidate(), language, Remark("employing", values))["reasons"]
    assert reason["text"] == text


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_conflict_is_put_into_words(candidate: Make, language: str, plain: bool) -> None:
    option = candidate(
        weekly_hours=30,
        duration_months=12,
        funding=("jotpa",),
        leads_to=DEGREE,
        leads_to_level="master",
        language_required=("fi:B1",),
        route_apply_by=TODAY,
    )
    people = (
        Profile(situation="unemployed", education="vocational", teaching_languages=("en",)),
        Profile(),
    )
    remarks = [
        *conflicts(people[0], option, region="maakunta_14", today=TODAY),
        *conflicts(people[0], option, region=ALAND, today=TODAY),
        *conflicts(people[1], option, region=None, today=TODAY),
    ]
    assert len({remark.code for remark in remarks}) == 9
    for remark in remarks:
        text = words(language, plain=plain).remark("warning", remark)["text"]
        assert text.endswith(".")
        assert "{" not in text
