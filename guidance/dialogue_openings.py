"""The buttons for when there seems to be no way on: limits to lift, and next steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guidance.dialogue_choices import choices, of_question
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Choice
from guidance.profile import Profile

MOST_OPENINGS = 3
_OPENED_BY = {
    "blocked_by_far_away": "open_distance",
    "blocked_by_only_online": "also_online",
    "blocked_by_other_language": "open_language",
    "blocked_by_over_budget": "open_price",
    "blocked_by_too_long": "open_length",
}


def openings(profile: Profile, notices: Sequence[Mapping[str, Any]] = ()) -> tuple[Choice, ...]:
    """Return what would open up more when nothing fits, a person always among them.

    What opens the most comes first: `notices`, as JSON, are in that order.
    """
    possible = list(_limits(profile))
    named = [_OPENED_BY.get(str(notice["code"])) for notice in notices]
    first = [name for name in named if name in possible]
    names = dict.fromkeys(filter(None, (*first, *possible)))
    return choices(*list(names)[:MOST_OPENINGS], "refine_other_field", "ask_human")


def _limits(profile: Profile) -> Iterator[str]:
    """Yield the buttons that lift a limit which the person has set."""
    if profile.budget_eur is not None:
        yield "open_price"
    if profile.online_only:
        yield "open_online"
    if profile.max_distance_km is not None:
        yield "open_distance"
    if profile.online_ok is False:
        yield "also_online"
    if profile.teaching_languages:
        yield "open_language"
    if profile.max_months is not None:
        yield "open_length"


def ways_on(memory: Memory) -> tuple[Choice, ...]:
    """Return what can be done next where nothing else was said of it."""
    if memory.hushed:
        return choices("request_callback", "start_guidance")
    if memory.activity is not None:
        return choices(f"continue_{memory.activity}", "leave_activity")
    if memory.pending is not None:
        return of_question(memory.pending) or choices("show_options", "ask_human")
    if memory.shown:
        return choices("show_options", "refine", "make_plan", "ask_human")
    if memory.searched:
        return choices("refine", "make_plan", "ask_human")
    return choices("start_guidance", "ask_help", "ask_human")
