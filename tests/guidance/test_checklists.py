"""Checklists: read strictly, and fitting the option and the person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from catalog.models import ADMISSIONS, MODES, SCHEDULES, TYPES
from guidance.checklists import (
    CONDITIONS,
    ChecklistError,
    Entry,
    facts_of,
    fitting,
    load_checklists,
    read_checklists,
)
from guidance.profile import AGE_GROUPS, EDUCATION, GOALS, SITUATIONS, Profile
from guidance.remarks import Remark
from guidance.suggestions import Suggestion
from opastin.texts import LANGUAGES, load_texts
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
WORDS_OF_CONDITIONS = {
    "type": TYPES,
    "application": ("continuous", "dated", "closed", "unknown", "ended"),
    "admission": ADMISSIONS,
    "start": ("known",),
    "mode": MODES,
    "schedule": SCHEDULES,
    "goal": GOALS,
    "education": EDUCATION,
    "situation": SITUATIONS,
    "age_group": AGE_GROUPS,
    "region": ("aland", "mainland"),
}


def entries() -> list[Entry]:
    lists = load_checklists()
    return [*lists.items, *lists.without_option, *lists.helpers]


def codes(profile: dict[str, Any], warnings: tuple[str, ...] = (), **option: Any) -> list[str]:
    suggestion = Suggestion(make_candidate(**option), None, (), tuple(map(Remark, warnings)))
    facts = facts_of(Profile.from_dict(profile), suggestion, today=TODAY)
    return [entry.code for entry in fitting(load_checklists().items, [facts])]


def test_conditions_ask_about_values_that_exist() -> None:
    for entry in entries():
        for name, values in entry.when.items():
            if name in WORDS_OF_CONDITIONS:
                assert set(values) <= {*WORDS_OF_CONDITIONS[name], "no"}, entry.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_conditions_on_reasons_and_warnings_name_codes_that_have_words(language: str) -> None:
    names = load_texts().names(language)
    for entry in entries():
        for kind in ("reason", "warning"):
            wanted = {f"utter_{kind}_{code}" for code in entry.when.get(kind, ())}
            assert wanted <= names, entry.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_and_helper_has_words_and_every_word_is_used(language: str) -> None:
    lists = load_checklists()
    items = {f"utter_checklist_{entry.code}" for entry in (*lists.items, *lists.without_option)}
    helpers = {f"utter_helper_{entry.code}" for entry in lists.helpers}
    names = load_texts().names(language)
    assert {name for name in names if name.startswith("utter_checklist_")} == items
    helping = {name for name in names if name.startswith("utter_helper_")}
    assert helping == helpers | {f"{name}_why" for name in helpers}


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_has_a_checklist_that_begins_before_enrolling_and_ends_after(type_: str) -> None:
    found = codes({}, type=type_, continuous=False, apply_by=date(2027, 1, 15))
    assert len(found) >= 4
    place = found.index("enrol")
    assert 0 < place < len(found) - 1


@pytest.mark.parametrize(
    ("profile", "code", "holds"),
    [
        ({"situation": "unemployed", "place": "743"}, "ask_authority", True),
        ({"situation": "laid_off"}, "ask_authority", True),
        ({"situation": "employed"}, "ask_authority", False),
        ({}, "ask_authority", False),
        ({"situation": "unemployed", "place": "478"}, "ask_authority", False),
        ({"situation": "unemployed", "place": "478"}, "ask_authority_aland", True),
        ({"situation": "unemployed", "place": "maakunta_21"}, "ask_authority_aland", True),
        ({"situation": "unemployed", "place": "any"}, "ask_authority_aland", False),
        ({"education": "foreign"}, "foreign_papers", True),
        ({"education": "master"}, "foreign_papers", False),
    ],
)
def test_the_situation_decides_what_there_is_to_do(
    profile: dict[str, Any], code: str, holds: bool
) -> None:
    assert (code in codes(profile)) is holds


def test_the_place_of_the_option_counts_where_the_persons_is_not_known() -> None:
    assert "ask_authority_aland" in codes({"situation": "unemployed"}, place="478")
    assert "ask_authority" in codes({"situation": "unemployed", "place": "743"}, place="478")


def test_warnings_become_things_to_ask() -> None:
    assert "ask_price" in codes({}, ("price_unknown",))
    assert "check_requirement" in codes({}, ("requirement_unclear",))
    assert {"ask_price", "check_requirement"}.isdisjoint(codes({}))


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ({"continuous": True}, "enrol_any_time"),
        ({"continuous": False, "apply_by": date(2027, 1, 15)}, "enrol"),
        ({"continuous": False, "apply_by": date(2026, 11, 1)}, "next_round"),
        ({"continuous": False}, "ask_deadline"),
    ],
)
def test_how_one_gets_in_is_said_once(option: dict[str, Any], code: str) -> None:
    ways = {"enrol_any_time", "enrol", "next_round", "ask_deadline"}
    assert ways & set(codes({}, **option)) == {code}


def test_of_entries_with_one_code_the_first_that_fits_counts() -> None:
    first = Entry("help", {"goal": ("basic_skills",)}, rank=1)
    second = Entry("help", {})
    for goal, chosen in (("basic_skills", first), ("degree", second)):
        facts = facts_of(Profile(goal=goal), None, today=TODAY)
        assert fitting([first, second], [facts]) == (chosen,)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({"when": {}}, "no code"),
        ({"code": "a", "when": {"weather": ["rain"]}}, "weather"),
        ({"code": "a", "colour": "red"}, "colour"),
        ({"code": "a", "when": {"goal": "degree"}}, "list of words"),
        ({"code": "a", "when": {"age_group": [2529]}}, "list of words"),
        ({"code": "a", "before": "never"}, "before"),
        ({"code": "a", "days": -1}, "days"),
        ({"code": "a", "rank": "high"}, "rank"),
    ],
)
def test_a_mistake_in_the_data_is_named(entry: dict[str, Any], named: str) -> None:
    text = yaml.safe_dump({"items": [entry], "without_option": [], "helpers": []})
    with pytest.raises(ChecklistError, match=named):
        read_checklists(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "items: []", "items: {}\nwithout_option: []\nhelpers: []"]
)
def test_data_without_its_parts_is_refused(text: str) -> None:
    with pytest.raises(ChecklistError):
        read_checklists(text)


def test_facts_name_every_condition() -> None:
    assert set(facts_of(Profile(), None, today=TODAY)) == set(CONDITIONS)
