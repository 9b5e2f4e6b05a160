"""Read a turn: which facts of it count, and whether it answers what was asked."""

from __future__ import annotations

from dataclasses import replace

from guidance import dialogue_intents as intents
from guidance import dialogue_options as options
from guidance import dialogue_people as people
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Turn
from guidance.dialogue_profile import fold
from guidance.dialogue_questions import is_answer, knows_subject
from guidance.dialogue_talk import Talk
from guidance.profile import Profile

# Facts that tell what is wished for, and those that make another list.
_WISH = ("field", "interest")
_WISHES = ("field", "goal", "place")
# Told of oneself, these are no longer about the distress.
_ABOUT_ONESELF = frozenset(
    {"budget_eur", "competence", "education", "schedule", "teaching_languages", "weekly_hours"}
)


def begin_talk(profile: Profile, memory: Memory, turn: Turn) -> Talk:
    """Return the talk of a turn, its facts folded in and what it answers settled."""
    awaits_contact = memory.expecting == people.CONTACT and people.may_be_contact(turn)
    if turn.intent in intents.WITHOUT_FACTS or awaits_contact:
        # "In the afternoon" is then when to call.
        turn = replace(turn, facts={}, refused={}, no_preference=None)
    folded = fold(profile, memory, _without_others_facts(memory, turn))
    talk = Talk(folded.profile, memory, turn, folded.changed)
    _let_go_of_field(talk, profile)
    if _brings_up_studies(turn) and not (turn.has_contact or awaits_contact):
        talk.remember(hushed=False)
    answered = memory.pending if _is_answered(memory, turn) else None
    if answered or folded.before:
        slot = answered or next(iter(folded.before))
        talk.remember(history=memory.with_answer(slot, folded.before))
    if answered:
        # "Online" settles where, also without a place.
        talk.settle(answered)
    return talk


def without_idle_words(turn: Turn) -> Turn:
    """Drop a wish that is none: "thanks, I'll think these over" wishes for nothing."""
    is_elsewhere = turn.intent == "out_of_scope" and turn.is_sure
    if turn.intent in intents.TELLS_WISHES or ("field" in turn.facts and not is_elsewhere):
        return turn
    facts = {name: value for name, value in turn.facts.items() if name not in _WISH}
    return replace(turn, facts=facts)


def as_answer(memory: Memory, turn: Turn) -> Turn:
    """Take a message that answers the open question for an answer, whatever it was taken for."""
    answers_it = memory.pending is not None and is_answer(memory.pending, turn.facts)
    return (
        replace(turn, intent="inform") if answers_it and turn.intent in intents.MAY_ANSWER else turn
    )


def _without_others_facts(memory: Memory, turn: Turn) -> Turn:
    """Leave out what is not this person's, and the field of "why not gardening": no wish."""
    awaits_other = memory.next_person and memory.expecting == people.CONFIRM_START_OVER
    if awaits_other or (turn.choice == people.NEXT_PERSON and turn.text):
        return replace(turn, facts={}, refused={})
    if turn.choice == options.WHY_NOT and memory.searched:
        facts = {name: value for name, value in turn.facts.items() if name not in _WISH}
        return replace(turn, facts=facts, refused={})
    return turn


def _let_go_of_field(talk: Talk, before: Profile) -> None:
    """Say which field is no longer searched for, and ask for another in time."""
    left = before.field is not None and talk.profile.field is None
    if not (left and talk.turn.refused.get("field")):
        return
    talk.say("utter_field_dropped", about={"field": before.field})
    if not knows_subject(talk.profile) and talk.memory.searched:
        settled = tuple(slot for slot in talk.memory.settled if slot != "field")
        talk.remember(pending="field", settled=settled)


def _brings_up_studies(turn: Turn) -> bool:
    if turn.intent == "crisis":
        return False
    told = not turn.facts.keys().isdisjoint(_WISHES)
    if turn.intent in intents.TELLS_FACTS:
        told = told or not turn.facts.keys().isdisjoint(_ABOUT_ONESELF)
    return told or turn.intent in intents.BRINGS_UP_STUDIES or intents.is_faq(turn.intent)


def _is_answered(memory: Memory, turn: Turn) -> bool:
    if memory.pending is None:
        return False
    # Who did not know was asked what has felt good: what one has done answers that.
    asked_otherwise = memory.pending == "interest" and memory.unsure > 0
    return is_answer(memory.pending, turn.facts) or (asked_otherwise and "competence" in turn.facts)
