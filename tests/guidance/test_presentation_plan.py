"""Plans and requests in words, in every language, with nothing left to fill in."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from catalog.models import TYPES
from guidance.competence import Strength
from guidance.plan import make_plan
from guidance.presentation import Words
from guidance.presentation_plan import (
    MAX_WORDS_QUOTED,
    Person,
    plan_as_json,
    quoted,
    recognition_as_json,
)
from guidance.profile import Profile
from guidance.remarks import Remark
from guidance.suggestions import Suggestion
from opastin.texts import LANGUAGES, load_texts
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
NASTY = "Kurssi; {title}\n<b>" + "😀," * 300


def person(*words: str) -> Person:
    told = [Strength(None, item, None, "occupation") for item in words]
    strengths = [{"code": None, "text": item, "from": item} for item in words]
    return Person("Uusi ammatti", told, strengths)


def shown(
    language: str = "fi", *, plain: bool = False, told: Person | None = None, **option: Any
) -> dict[str, Any]:
    reasons = (Remark("builds_on_competence"),)
    values = {"continuous": False, "apply_by": date(2027, 1, 15), "starts": date(2027, 2, 1)}
    chosen = Suggestion(make_candidate(**{**values, **option}), None, reasons, ())
    made = make_plan(Profile(), [chosen], chosen, today=TODAY)
    return plan_as_json(made, told or person(), Words(load_texts(), language, plain=plain))


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_", TYPES)
def test_a_plan_is_json_with_every_text_filled_in(type_: str, language: str, plain: bool) -> None:
    plan = shown(language, plain=plain, type=type_, told=person("lähihoitaja"))
    texts = json.dumps({**plan, "options": []}, ensure_ascii=False)
    assert not re.search(r"\{\w+\}|utter_", texts)
    assert plan["kind"] == "plan"
    assert len(plan["steps"]) == 3
    assert all(helper["text"] and helper["why"] for helper in plan["helpers"])


def test_steps_name_the_option_their_day_and_whether_it_is_a_deadline() -> None:
    enrol = next(step for step in shown()["steps"] if step["code"] == "enrol")
    assert enrol == {
        "text": "Ilmoittaudu opintoihin: Opintojakso",
        "by": "2027-01-15",
        "code": "enrol",
        "option": "option",
        "is_deadline": True,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_there_is_to_do_has_the_same_code_in_every_language(language: str) -> None:
    def codes(plan: dict[str, Any]) -> list[str]:
        items = (item for each in plan["checklists"] for item in each["items"])
        return [item["code"] for item in (*plan["steps"], *items)]

    assert codes(shown(language)) == codes(shown("fi"))
    assert len(codes(shown(language))) > len(shown(language)["steps"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_fallback_has_words(language: str) -> None:
    late = Suggestion(make_candidate(), None, (), (Remark("too_late_for_round"),))
    words = Words(load_texts(), language, plain=False)
    parts = [
        plan_as_json(make_plan(Profile(), [late], spare, today=TODAY), person(), words)["fallback"]
        for spare in (None, late)
    ]
    assert 0 < len(parts[0]) < len(parts[1])


def test_the_summary_has_goal_options_and_dated_steps_in_lines() -> None:
    lines = shown()["summary"].splitlines()
    assert lines[0] == "Tavoite: Uusi ammatti"
    assert "– Opintojakso" in lines
    assert "– 15.1.2027: Ilmoittaudu opintoihin: Opintojakso" in lines


def test_a_request_for_recognition_comes_with_competence_that_the_studies_build_on() -> None:
    assert shown()["recognition"] is None
    assert shown(told=person("lähihoitaja"), type="skill_badge")["recognition"] is None
    request = shown(told=person("lähihoitaja"))["recognition"]
    assert request["title"] == "Opintojakso"
    assert request["evidence"] == ["Työtodistus: lähihoitaja"]
    assert "– lähihoitaja\n" in request["text"]
    assert "Koulu päättää" in request["note"]


@pytest.mark.parametrize(
    ("language", "blank"),
    [("fi", "[opintojen nimi]"), ("sv", "[studiernas namn]"), ("en", "[name of the studies]")],
)
def test_a_request_without_an_option_leaves_the_name_to_be_written(
    language: str, blank: str
) -> None:
    words = Words(load_texts(), language, plain=False)
    assert blank in recognition_as_json(None, person("lähihoitaja"), words)["text"]


def test_hostile_titles_and_words_stay_on_one_line_and_fill_nothing_in() -> None:
    plan = shown(told=person(NASTY, "{evidence}"), titles={"fi": NASTY})
    for text in (*(step["text"] for step in plan["steps"]), *plan["recognition"]["evidence"]):
        assert "\n" not in text
        assert "{" not in text
    assert plan["recognition"]["text"].count("\n– ") == 4


def test_long_words_are_quoted_in_part() -> None:
    assert len(quoted("a " * 500)) <= MAX_WORDS_QUOTED
    assert quoted(" hoidin\n\täitiä ") == "hoidin äitiä"
