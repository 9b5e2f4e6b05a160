"""Moves that weigh options: compared, put aside, left out, and routes to a degree."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.actions.desk import Desk
from guidance.comparison import ROUTE_ROWS
from guidance.dialogue_compare import (
    remember_saved,
    tell_comparison,
    tell_routes,
    tell_ruled_out,
    tell_saved,
    with_saved,
)
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowComparison, ShowRoutes, ShowRuledOut, ShowSaved
from guidance.eligibility import has_ended
from guidance.presentation import Words, option_card, suggestions_as_json
from guidance.presentation_rows import comparison_as_json
from guidance.profile import Profile
from guidance.suggestions import Suggestion, describe, ruled_out, suggest_routes


def show_comparison(
    desk: Desk, move: ShowComparison, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show the options side by side that the catalogue still has."""
    with desk.sessions() as session:
        found = _describe_all(desk, session, profile, move.options)
    table = comparison_as_json(found, Words.of(profile, desk.texts))
    return tell_comparison(table, memory.pending), memory


def show_routes(
    desk: Desk, move: ShowRoutes, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show what leads to one degree in the wished field."""
    words = Words.of(profile, desk.texts)
    with desk.sessions() as session:
        found = suggest_routes(session, profile, today=desk.today)
    routes = found.options
    degree = words.pick(routes[0].candidate.leads_to) if routes else None
    table = comparison_as_json(routes, words, ROUTE_ROWS)
    notices = [words.remark("notice", remark) for remark in found.notices]
    return tell_routes(profile, degree, table, notices, memory.pending), memory


def show_ruled_out(
    desk: Desk, move: ShowRuledOut, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show what was left out, by what, and what would open up more."""
    with desk.sessions() as session:
        found = ruled_out(session, profile, today=desk.today)
    told = suggestions_as_json(found, profile, desk.texts)
    return tell_ruled_out(profile, told["options"], told["notices"]), memory


def show_saved(desk: Desk, move: ShowSaved, profile: Profile, memory: Memory) -> tuple[Say, Memory]:
    """Show what is put aside after the move, and remember it."""
    words = Words.of(profile, desk.texts)
    with desk.sessions() as session:
        described = _describe_all(desk, session, profile, with_saved(memory.saved, move))
    # What has ended is not put aside; what was put aside before it ended stays and says so.
    found = [
        item
        for item in described
        if not (item.candidate.id == move.add and has_ended(item.candidate))
    ]
    options = [
        option_card(item, words)
        | {"actions": words.buttons("utter_saved_actions", option=item.candidate.id)}
        for item in found
    ]
    memory = remember_saved(memory, options)
    return tell_saved(memory, move, options), memory


def _describe_all(
    desk: Desk, session: Session, profile: Profile, options: Iterable[str]
) -> list[Suggestion]:
    described = (describe(session, profile, option, today=desk.today) for option in options)
    return [item for item in described if item is not None]
