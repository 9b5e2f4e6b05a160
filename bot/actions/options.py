"""Moves that show options: a page of them, or one in full."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.desk import Desk, language_of
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Say, ShowDetails, ShowOptions
from guidance.dialogue_options import PAGE, remember_shown, tell, tell_details
from guidance.presentation import option_as_json, suggestions_as_json
from guidance.profile import Profile
from guidance.suggestions import describe, suggest


def show_options(
    desk: Desk, move: ShowOptions, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show a page of suggestions, and remember it."""
    with desk.sessions() as session:
        page = suggest(session, profile, today=desk.today, limit=PAGE, offset=move.offset)
    found = suggestions_as_json(page, profile, desk.texts)
    memory = remember_shown(memory, move, found)
    return tell(profile, memory, move, found), memory


def show_details(
    desk: Desk, move: ShowDetails, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Show one option in full, or say that it is gone."""
    with desk.sessions() as session:
        found = describe(session, profile, move.option, today=desk.today)
    if found is None:
        return tell_details(None, memory), memory
    plain = bool(profile.plain_language)
    option = option_as_json(found, language_of(profile), desk.texts, plain=plain)
    memory = replace(memory, looked_at=Shown.of(option))
    return tell_details(option, memory), memory
