"""What the check of career-planning skills has brought, in words and as a custom part."""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions.career import show_career_skills
from bot.actions.desk import Desk
from guidance.career_skills import load_career_skills
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowCareerSkills
from guidance.profile import Profile
from opastin.texts import LANGUAGES, load_texts

AREAS = load_career_skills().areas


def shown(*values: int, language: str = "fi", plain: bool = False) -> Say:
    # No catalogue is needed to tell what was answered.
    desk = Desk(sessions=None, texts=load_texts(), today=date(2026, 11, 2))  # type: ignore[arg-type]
    answers = dict(zip(AREAS, values, strict=False))
    memory = Memory(progress={"career": {"answers": answers, "skipped": [], "done": True}})
    profile = Profile(language=language, plain_language=plain)
    say, after = show_career_skills(desk, ShowCareerSkills(), profile, memory)
    assert after == memory
    return say


def test_the_strongest_area_is_named_first_and_the_weakest_has_an_exercise() -> None:
    say = shown(3, 1, 4, 2, 2, 3)
    assert say.name == "utter_career_result"
    assert say.values["strongest"] == "tiedon ja avun löytäminen"
    assert say.values["weakest"] == "alojen ja opintojen tunteminen"
    assert str(say.values["exercise"]).startswith("Lue yksi työpaikkailmoitus")


def test_the_picture_has_the_answered_areas_in_their_order() -> None:
    custom = shown(3, 1).custom
    assert custom == {
        "kind": "career_skills",
        "areas": [
            {"code": "self", "text": "itsensä tunteminen", "value": 3},
            {"code": "world", "text": "alojen ja opintojen tunteminen", "value": 1},
        ],
        "weakest": "world",
        "exercise": load_texts().text("utter_career_exercise_world", "fi"),
    }


def test_equal_answers_name_no_strongest() -> None:
    say = shown(2, 2, 2)
    assert say.name == "utter_career_result_even"
    assert "strongest" not in say.values


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_has_its_own_name_question_and_exercise(language: str, plain: bool) -> None:
    texts = load_texts()
    for kind in ("about_career", "ask_career", "career_exercise"):
        found = {texts.text(f"utter_{kind}_{area}", language, plain=plain) for area in AREAS}
        assert len(found) == len(AREAS)
    assert shown(1, 2, language=language, plain=plain).custom["exercise"]  # type: ignore[index]
