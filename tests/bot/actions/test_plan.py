"""The plan from the catalogue: which options it takes, and what it says of the person."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.actions import plan
from bot.actions.desk import Desk
from bot.actions.plan import show_plan, show_recognition
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Say, ShowPlan, ShowRecognition
from guidance.profile import Profile
from guidance.suggestions import Suggestion, Suggestions
from opastin.texts import load_texts
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
DESK = Desk(lambda: nullcontext(None), load_texts(), TODAY)
BAKER = {"words": "leipuri vuodesta 1999", "kind": "occupation", "field": "0721", "code": None}


def suggestion(identity: str) -> Suggestion:
    candidate = make_candidate(
        id=identity,
        titles={"fi": f"Kurssi {identity}"},
        continuous=False,
        apply_by=date(2027, 1, 15),
    )
    return Suggestion(candidate, distance_km=24, reasons=(), warnings=())


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A catalogue of options a to d, best first."""
    ids = ["a", "b", "c", "d"]

    def suggest(session: object, profile: object, *, today: date, limit: int) -> Suggestions:
        return Suggestions(tuple(map(suggestion, ids[:limit])), len(ids), None, ())

    def describe(session: object, profile: object, option: str, **_: Any) -> Suggestion | None:
        return suggestion(option) if option in ids else None

    monkeypatch.setattr(plan, "suggest", suggest)
    monkeypatch.setattr(plan, "describe", describe)
    return ids


def made(memory: Memory, **facts: Any) -> Say:
    profile = Profile.from_dict({"language": "fi", **facts})
    say, after = show_plan(DESK, ShowPlan(), profile, memory)
    assert after == replace(memory, planned=tuple(options(say)))
    return say


def options(say: Say) -> list[str]:
    assert say.custom is not None
    return [option["id"] for option in say.custom["options"]]


def test_the_plan_is_about_what_was_put_aside() -> None:
    say = made(Memory(saved=(Shown("c", ""), Shown("b", "")), shown=(Shown("d", ""),)))
    assert (say.name, options(say)) == ("utter_plan_of_saved", ["c", "b"])


def test_else_about_the_first_one_shown_with_the_best_other_to_turn_to() -> None:
    say = made(Memory(shown=(Shown("a", ""), Shown("b", ""))))
    assert (say.name, options(say)) == ("utter_plan_of_shown", ["a"])
    assert "Kurssi b" in say.custom["fallback"]


@pytest.mark.parametrize("memory", [Memory(), Memory(saved=(Shown("gone", ""),))])
def test_else_about_the_best_one(memory: Memory) -> None:
    say = made(memory)
    assert (say.name, options(say)) == ("utter_plan_of_suggested", ["a"])
    assert say.values["title"] == "Kurssi a"


def test_with_nothing_to_study_the_plan_says_how_to_go_on(catalogue: list[str]) -> None:
    catalogue.clear()
    say = made(Memory())
    assert (say.name, options(say)) == ("utter_plan_without_options", [])
    assert len(say.custom["steps"]) == 3


@pytest.mark.parametrize(
    ("facts", "goal"),
    [
        ({"interest": "haluan {auttaa}", "goal": "new_career"}, "”haluan auttaa”, uusi ammatti"),
        ({"field": "0913", "goal": "degree"}, "Hoitoala, tutkinto"),
        ({}, "Suunta vielä auki"),
    ],
)
def test_the_goal_is_in_the_persons_own_words_where_there_are_any(
    facts: dict[str, Any], goal: str
) -> None:
    assert made(Memory(), **facts).custom["goal"] == goal


def test_strengths_and_gaps_are_those_of_the_mapping() -> None:
    say = made(Memory(), field="0913", competence=[BAKER])
    strength = {"code": None, "text": BAKER["words"], "from": BAKER["words"]}
    assert say.custom["strengths"] == [strength]
    assert say.custom["gaps"]
    assert all(gap["code"] and gap["text"] for gap in say.custom["gaps"])


def test_titles_are_named_in_their_base_form_in_plan_and_letter() -> None:
    told = {"words": "lähihoitajalle", "kind": "qualification", "field": "0913", "code": None}
    profile = Profile.from_dict({"language": "fi", "field": "0913", "competence": [told]})
    custom = made(Memory(), field="0913", competence=[told]).custom
    assert custom is not None
    assert [item["text"] for item in custom["strengths"]] == ["lähihoitaja"]
    letter, _ = show_recognition(DESK, ShowRecognition(), profile, Memory())
    assert "lähihoitajalle" not in str(letter.values["letter"])
    assert "– lähihoitaja\n" in str(letter.values["letter"])
    assert "Todistus tai opintosuoritusote: lähihoitaja\n" in str(letter.values["letter"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_sentence_of_a_plan_has_two_colons(language: str) -> None:
    say = made(Memory(), field="0913", language=language)
    text = DESK.texts.text(say.name, language, **say.values)
    assert all(sentence.count(": ") <= 1 for sentence in text.split(". "))


def test_a_request_for_recognition_is_about_the_option_of_the_plan() -> None:
    profile = Profile.from_dict({"language": "fi", "competence": [BAKER]})
    memory = Memory(shown=(Shown("b", ""),))
    say, _ = show_recognition(DESK, ShowRecognition(), profile, memory)
    assert say.name == "utter_recognition_draft"
    assert "Kurssi b" in str(say.values["letter"])
    assert say.custom["evidence"] == ["Työtodistus: leipuri vuodesta 1999"]
    assert say.custom["kind"] == "recognition"


def test_recognition_is_asked_for_in_the_studies_that_the_plan_is_about() -> None:
    profile = Profile.from_dict({"language": "fi", "competence": [BAKER]})
    memory = Memory(shown=(Shown("a", ""), Shown("b", "")))
    _, planned = show_plan(DESK, ShowPlan(("b",)), profile, memory)
    say, _ = show_recognition(DESK, ShowRecognition(), profile, planned)
    assert say.custom is not None
    assert say.custom["title"] == "Kurssi b"


def test_a_plan_of_what_has_ended_says_so_first(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = suggestion("b")
    ended = replace(ended, candidate=replace(ended.candidate, withdrawn_on=date(2026, 10, 1)))
    monkeypatch.setattr(plan, "describe", lambda *_, **__: ended)
    say = made(Memory(saved=(Shown("b", ""),)))
    assert say.name == "utter_plan_of_ended"
    assert "Kurssi b" in say.values["step"]
    assert "Kurssi a" in say.custom["fallback"]
