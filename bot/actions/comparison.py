"""Moves that weigh options: compared, put aside, left out, and routes to a degree."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.actions.desk import Desk
from guidance.comparison import ROUTE_ROWS
from guidance.dialogue_choices import choices as buttons
from guidance.dialogue_choices import see_field
from guidance.dialogue_compare import (
    remember_saved,
    tell_comparison,
    tell_routes,
    tell_ruled_out,
    tell_saved,
    tell_why_not,
    with_saved,
)
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowComparison, ShowRoutes, ShowRuledOut, ShowSaved
from guidance.eligibility import has_ended
from guidance.presentation import Words, option_card, suggestions_as_json
from guidance.presentation_rows import comparison_as_json
from guidance.profile import Profile
from guidance.ranking import in_wish
from guidance.suggestions import Suggestion, describe, rank, ruled_out, suggest_routes


def show_comparison(
    desk: Desk, move: ShowComparison, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show the options side by side that the catalogue still has."""
    with desk.sessions() as session:
        found = _describe_all(desk, session, profile, move.options)
    table = comparison_as_json(found, Words.of(profile, desk.texts), today=desk.today)
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
    table = comparison_as_json(routes, words, ROUTE_ROWS, today=desk.today)
    notices = [words.remark("notice", remark) for remark in found.notices]
    return tell_routes(profile, degree, table, notices, memory.pending), memory


def show_ruled_out(
    desk: Desk, move: ShowRuledOut, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show what was left out, by what, and what would open up more."""
    if move.option is not None:
        return _why_not_option(desk, move.option, profile), memory
    if move.field is not None and move.field != profile.field:
        return _why_not_field(desk, move.field, profile), memory
    return _left_out(desk, profile), memory


def _why_not_option(desk: Desk, option: str, profile: Profile) -> Say:
    """Say what speaks against one option, if anything does."""
    words = Words.of(profile, desk.texts)
    with desk.sessions() as session:
        found = describe(session, profile, option, today=desk.today)
    if found is None:
        return tell_why_not(None, [], profile)
    against = [words.remark("warning", item) for item in found.warnings]
    return tell_why_not(option_card(found, words), against, profile)


def _why_not_field(desk: Desk, field: str, profile: Profile) -> Say:
    """Say what keeps the options of a field away from one who has not wished for it."""
    other = profile.with_facts({"field": field, "interest": None})
    with desk.sessions() as session:
        is_open = any(in_wish(other, item) for item in rank(session, other, today=desk.today))
        found = ruled_out(session, other, today=desk.today)
    name = Words.of(profile, desk.texts).value("field", field)
    if is_open:
        choices = (see_field(field), *buttons("show_options", "ask_human"))
        return Say("utter_why_not_field", {"field": name}, choices=choices)
    if found.options or found.notices:
        told = suggestions_as_json(found, other, desk.texts)
        return tell_ruled_out(other, told["options"], told["notices"])
    choices = buttons("show_options", "refine_other_field", "ask_human")
    return Say("utter_why_not_nothing", {"field": name}, choices=choices)


def _left_out(desk: Desk, profile: Profile) -> Say:
    with desk.sessions() as session:
        found = ruled_out(session, profile, today=desk.today)
    told = suggestions_as_json(found, profile, desk.texts)
    return tell_ruled_out(profile, told["options"], told["notices"])


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
