"""Which question comes next, in which words, and what counts as its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guidance.dialogue_memory import Memory
from guidance.profile import Profile

# Asked after subject and place: what tells most about which options suit. To try something or to
# learn for its own sake, nobody needs to tell what they have done before.
TELLING = ("schedule", "competence")
_TELLING_BY_GOAL = {
    "advance": ("competence", "schedule"),
    "degree": ("competence", "schedule"),
    "basic_skills": ("schedule",),
    "interest": ("schedule",),
    "try_field": ("schedule",),
}
# Who has said subject and place unasked is in a hurry and gets one of them, others both.
TELLING_LIMIT = 2
TELLING_LIMIT_UNASKED = 1

_ANSWERED_BY = {
    "goal": ("goal", "field", "interest"),
    "interest": ("field", "interest", "goal"),
    "field": ("field", "interest"),
    "place": ("place", "online_only", "online_ok"),
    "schedule": ("schedule", "weekly_hours"),
    "competence": ("competence", "education", "situation"),
    "budget_eur": ("budget_eur",),
    "age_group": ("age_group",),
}
# The questions about what the options should be about, the widest first.
SUBJECT = ("goal", "interest", "field")
QUESTIONS = frozenset(_ANSWERED_BY)


def next_question(profile: Profile, memory: Memory) -> str | None:
    """Return the slot to ask for next, None when it is time for options."""
    open_ones = (slot for slot in _wanted(profile, memory) if slot not in memory.settled)
    return next(open_ones, None)


def is_answer(slot: str, facts: Mapping[str, object]) -> bool:
    """Say whether `facts` answer the question about `slot`."""
    if slot in ("goal", "interest") and facts.get("goal") == "unsure":
        return bool({"field", "interest"} & set(facts))
    return any(name in facts for name in _ANSWERED_BY.get(slot, (slot,)))


def knows_subject(profile: Profile) -> bool:
    """Say whether it is known what the options should be about."""
    return bool(profile.field or profile.interest or profile.goal == "basic_skills")


def wording(slot: str, memory: Memory) -> str | None:
    """Return the words to ask in, None when every wording has been used."""
    names = (f"utter_ask_{slot}", f"utter_ask_{slot}_again")
    return next((name for name in names if name not in memory.said), None)


def wording_to_resume(slot: str, memory: Memory) -> str | None:
    """Return the words to come back to a question in, None when they have been used."""
    name = f"utter_resume_{slot}"
    return None if name in memory.said else name


def _wanted(profile: Profile, memory: Memory) -> Iterator[str]:
    if not knows_subject(profile):
        if profile.goal is None:
            yield "goal"
        yield "interest" if profile.goal == "unsure" or memory.unsure else "field"
    if profile.place is None and not (profile.online_only or profile.online_ok):
        yield "place"
    unasked = not {*SUBJECT, "place"} & set(memory.asked)
    limit = TELLING_LIMIT_UNASKED if unasked else TELLING_LIMIT
    missing = {
        "schedule": not profile.schedule,
        "competence": not (profile.competence or profile.education),
    }
    telling = _TELLING_BY_GOAL.get(profile.goal or "", TELLING)
    for slot in telling if knows_subject(profile) else reversed(TELLING):
        others = set(TELLING) & set(memory.asked) - {slot}
        if missing[slot] and len(others) < limit:
            yield slot
