"""Moves that make a plan or draft a request for recognition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.competence import Names, strength_as_json, told_as
from bot.actions.desk import Desk, language_of
from bot.actions.summary import Summary
from guidance.competence import gaps, strengths
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Say, ShowPlan, ShowRecognition
from guidance.dialogue_plan import SUGGESTED, plan_options, tell_plan, tell_recognition
from guidance.mapping_state import NAME
from guidance.plan import MAX_OPTIONS, make_plan
from guidance.presentation import Words
from guidance.presentation_plan import Person, plan_as_json, recognition_as_json
from guidance.profile import Profile
from guidance.suggestions import Suggestion, describe, suggest

# The best ones, so that one is left to turn to beside those chosen.
BEST = MAX_OPTIONS + 1


def show_plan(desk: Desk, move: ShowPlan, profile: Profile, memory: Memory) -> tuple[Say, Memory]:
    """Make the plan of what was chosen, put aside, looked at or shown, else of the best."""
    with desk.sessions() as session:
        best = suggest(session, profile, today=desk.today, limit=BEST).options
        choice = plan_options(memory, MAX_OPTIONS, move.options)
        how, chosen = _chosen(desk, session, profile, choice, best)
    taken = {item.candidate.id for item in chosen}
    spare = next((item for item in best if item.candidate.id not in taken), None)
    plan = make_plan(profile, chosen, spare, today=desk.today)
    words = Words.of(profile, desk.texts)
    custom = plan_as_json(plan, _person(desk, profile, memory), words)
    planned = replace(memory, planned=tuple(item["id"] for item in custom["options"]))
    return tell_plan(custom, how, profile, memory), planned


def show_recognition(
    desk: Desk, move: ShowRecognition, profile: Profile, memory: Memory
) -> tuple[Say, Memory]:
    """Draft a request for recognition in the studies that the plan is about."""
    words = Words.of(profile, desk.texts)
    with desk.sessions() as session:
        best = suggest(session, profile, today=desk.today, limit=1).options
        choice = plan_options(memory, MAX_OPTIONS, memory.planned)
        _, chosen = _chosen(desk, session, profile, choice, best)
    options = make_plan(profile, chosen, None, today=desk.today).options
    title = words.pick(options[0].candidate.titles) if options else None
    draft = recognition_as_json(title, _person(desk, profile, memory), words)
    return tell_recognition(draft, memory), memory


def _chosen(
    desk: Desk,
    session: Session,
    profile: Profile,
    choice: tuple[str, tuple[str, ...]],
    best: Sequence[Suggestion],
) -> tuple[str, list[Suggestion]]:
    """Return the chosen options that the catalogue still has, else the best one, and how."""
    how, options = choice
    described = (describe(session, profile, option, today=desk.today) for option in options)
    found = [item for item in described if item is not None]
    return (how, found) if found else (SUGGESTED, list(best[:1]))


def _person(desk: Desk, profile: Profile, memory: Memory) -> Person:
    summary = Summary(desk.texts, language_of(profile), plain=bool(profile.plain_language))
    known = profile.to_dict()
    own_words = summary.of({"interest": known["interest"]}) if "interest" in known else ""
    wish = summary.of({name: known[name] for name in ("field", "goal") if name in known})
    goal = ", ".join(filter(None, (own_words, wish))) or summary.of({"goal": "unsure"})
    told = strengths(profile, memory.progress.get(NAME))
    names = Names(desk.texts, language_of(profile), bool(profile.plain_language))
    missing = gaps(profile.field, told) if profile.field else ()
    return Person(
        goal=Words.sentence(goal),
        told=[replace(item, words=told_as(item, names)) for item in told],
        strengths=[strength_as_json(item, names) for item in told],
        gaps=[{"code": code, "text": names.of("competence", code)} for code in missing],
    )
