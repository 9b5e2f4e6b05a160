"""Turns about the plan: making one at any time, and asking for recognition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guidance import dialogue_choices as buttons
from guidance.career_skills import CareerState
from guidance.competence import strengths
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Choice, Say, ShowPlan, ShowRecognition
from guidance.dialogue_options import meant_options
from guidance.dialogue_questions import knows_subject, next_question
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME
from guidance.profile import Profile

RECOGNITION = "recognition"
# How the options of a plan were chosen.
MEANT, SAVED, SHOWN, SUGGESTED, NONE = "meant", "saved", "shown", "suggested", "none"
# The first step where the first option is no longer offered.
FIND_ANOTHER = "find_another"


def plan(talk: Talk) -> None:
    """Make a plan of what is known, or ask for what is still needed and make it later."""
    talk.acknowledge()
    if talk.turn.choice == RECOGNITION:
        _ask_for_recognition(talk)
    elif _has_enough(talk.profile, talk.memory):
        talk.remember(plan_wished=False)
        pointed_at = talk.turn.option or talk.turn.ordinals
        talk.do(ShowPlan(meant_options(talk) if pointed_at else ()))
    else:
        talk.say("utter_plan_needs")
        talk.remember(plan_wished=True)
        talk.go_on()


def plan_options(
    memory: Memory, limit: int, pointed_at: Sequence[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """Return how the options of a plan are chosen, and which.

    Those pointed at come first, then what was put aside, the one looked at, the first one shown.
    """
    if pointed_at:
        return MEANT, tuple(pointed_at[:limit])
    if memory.saved:
        return SAVED, tuple(item.id for item in memory.saved[-limit:])
    if memory.looked_at:
        return MEANT, (memory.looked_at.id,)
    if memory.shown:
        return SHOWN, (memory.shown[0].id,)
    return SUGGESTED, ()


def tell_plan(custom: Mapping[str, Any], chosen: str, profile: Profile, memory: Memory) -> Say:
    """Return what to say with a plan: how its options were chosen, and the first step."""
    first = custom["options"][0]["title"] if custom["options"] else ""
    values = {"step": custom["steps"][0]["text"], "title": first}
    name = _TOLD[chosen if custom["options"] else NONE]
    if custom["steps"][0].get("code") == FIND_ANOTHER:
        name = "utter_plan_of_ended"
    return Say(
        name,
        values,
        choices=_choices(profile, memory),
        custom=custom,
        asked=memory.pending,
    )


def tell_recognition(custom: Mapping[str, Any], memory: Memory) -> Say:
    """Return what to say with a draft of a request for recognition."""
    return Say(
        "utter_recognition_draft",
        {"letter": custom["text"], "note": custom["note"]},
        choices=buttons.choices("make_plan", "request_callback"),
        custom={"kind": "recognition", **custom},
        asked=memory.pending,
    )


def _has_enough(profile: Profile, memory: Memory) -> bool:
    """Say whether there is anything to plan, or nothing more to be asked for."""
    has_options = bool(memory.saved or memory.looked_at or memory.shown)
    return has_options or knows_subject(profile) or next_question(profile, memory) is None


def _ask_for_recognition(talk: Talk) -> None:
    if _has_told(talk.profile, talk.memory):
        talk.do(ShowRecognition())
    else:
        talk.say("utter_recognition_needs", choices=buttons.choices("map_competence"))


def _has_told(profile: Profile, memory: Memory) -> bool:
    return bool(strengths(profile, memory.progress.get(NAME)))


def _choices(profile: Profile, memory: Memory) -> tuple[Choice, ...]:
    names = ["plan_coach"]
    if _has_told(profile, memory):
        names.append("plan_recognition")
    names.append("show_saved" if memory.saved else "show_options")
    if not CareerState.of(memory).done:
        names.append("career_check")
    return buttons.choices(*names)


_TOLD = {
    MEANT: "utter_plan_of_meant",
    SAVED: "utter_plan_of_saved",
    SHOWN: "utter_plan_of_shown",
    SUGGESTED: "utter_plan_of_suggested",
    NONE: "utter_plan_without_options",
}
