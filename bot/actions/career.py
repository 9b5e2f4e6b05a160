"""The move that tells what the check of career-planning skills has brought."""

from __future__ import annotations

from typing import Any

from bot.actions.competence import Names
from bot.actions.desk import Desk, language_of
from guidance.career_skills import CareerState, load_career_skills
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowCareerSkills
from guidance.profile import Profile


def show_career_skills(
    desk: Desk, move: ShowCareerSkills, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Name the strongest and the weakest area, and give one exercise for the weakest."""
    state = CareerState.of(memory)
    names = Names(desk.texts, language_of(profile), bool(profile.plain_language))
    custom = career_as_json(state, names)
    values = {"weakest": names.of("career", custom["weakest"]), "exercise": custom["exercise"]}
    strongest = state.strongest()
    if strongest is None:
        return Say("utter_career_result_even", values, custom=custom), memory
    values["strongest"] = names.of("career", strongest)
    return Say("utter_career_result", values, custom=custom), memory


def career_as_json(state: CareerState, names: Names) -> dict[str, Any]:
    """Return the custom part `career_skills` in the language of `names`."""
    weakest = state.weakest()
    exercise = f"utter_career_exercise_{weakest}"
    return {
        "kind": "career_skills",
        "areas": [
            {"code": area, "text": names.of("career", area), "value": state.answers[area]}
            for area in load_career_skills().areas
            if area in state.answers
        ],
        "weakest": weakest,
        "exercise": names.texts.text(exercise, names.language, plain=names.plain),
    }
