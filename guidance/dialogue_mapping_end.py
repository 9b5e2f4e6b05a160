"""The end of the mapping: what one is good at, what is still to learn, and where it may lead."""

from __future__ import annotations

from dataclasses import replace

from guidance import dialogue_choices as buttons
from guidance.competence import directions, strengths
from guidance.dialogue_moves import ShowCompetence
from guidance.dialogue_questions import knows_subject
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME, MappingState


def store(talk: Talk, state: MappingState) -> None:
    """Remember how far the mapping has come."""
    talk.remember(progress=talk.memory.with_progress(NAME, state.to_dict()))


def finish(talk: Talk, state: MappingState) -> None:
    """Sum up what was told, and go on from there; with nothing told, leave the mapping open."""
    talk.remember(activity=None)
    if not has_found(talk, state):
        _offer_ways_on(talk, state)
        return
    store(talk, replace(state, done=True))
    talk.do(ShowCompetence())
    _go_on(talk)


def has_found(talk: Talk, state: MappingState) -> bool:
    """Say whether there is anything to show: confirmed, or told in the person's own words."""
    return bool(strengths(talk.profile, state.to_dict()))


def _offer_ways_on(talk: Talk, state: MappingState) -> None:
    """Say that nothing was found yet, which is no result, and offer to go on, options, a person."""
    # With every area asked, going on begins again with the first; what was wrong stays out.
    kept = state if state.next_area else MappingState(rejected=state.rejected)
    store(talk, replace(kept, done=False))
    sees_options = talk.memory.searched or knows_subject(talk.profile)
    step = "show_options" if sees_options else "start_guidance"
    talk.say("utter_mapping_empty", choices=buttons.choices("mapping_together", step, "ask_human"))


def show_again(talk: Talk) -> None:
    """Show what came of the mapping, and offer to add to it."""
    talk.remember(activity=None)
    talk.do(ShowCompetence())
    step = "show_options" if talk.memory.searched else "start_guidance"
    talk.say("utter_mapping_done", choices=buttons.choices("mapping_more", step, "make_plan"))


def _go_on(talk: Talk) -> None:
    if talk.memory.searched:
        talk.say("utter_mapping_next", choices=buttons.choices("show_options", "make_plan"))
    elif knows_subject(talk.profile):
        talk.go_on()
    else:
        _offer_directions(talk)


def _offer_directions(talk: Talk) -> None:
    """Offer three fields far from each other to react to: that is easier than to choose freely."""
    told = strengths(talk.profile, talk.memory.progress.get(NAME))
    names = (f"field_{code}" for code in directions(told))
    asked = tuple(dict.fromkeys((*talk.memory.asked, "interest")))
    talk.remember(pending="interest", asked=asked, unsure=max(talk.memory.unsure, 1))
    talk.say(
        "utter_mapping_directions", choices=buttons.choices(*names, "unsure"), asked="interest"
    )
