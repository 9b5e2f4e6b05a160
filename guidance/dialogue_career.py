"""Turns of the check of career-planning skills: six areas, one at a time, and one exercise."""

from __future__ import annotations

from dataclasses import replace

from guidance import dialogue_choices as buttons
from guidance.career_skills import NAME, CareerState, answer_in
from guidance.competence_stories import command
from guidance.dialogue_activities import Activity
from guidance.dialogue_intents import ABOUT_STUDIES
from guidance.dialogue_moves import ShowCareerSkills
from guidance.dialogue_profile import change
from guidance.dialogue_talk import Talk
from opastin.texts import DEFAULT_LANGUAGE

AGAIN, CONTINUE, SKIP = "career_again", "continue_career", "career:skip"
_ANSWER = "career:"
# Somewhat, not wholly: a yes or a no says less than a place on the scale.
_BY_INTENT = {"affirm": "3", "deny": "1", "unsure": "skip"}
_OTHERWISE = {
    "explain_choice": "why",
    "go_back": "back",
    "repeat": "continue",
}
# An answer in other words than expected is taken for any of these.
_UNCLEAR = frozenset({"correct", "inform", "nlu_fallback"})
# Messages taken for these may hold an answer among other words; taken for anything else, only
# a message that is an answer and nothing more.
_LOOSE = _UNCLEAR | {"affirm", "chitchat", "complain", "deny", "map_competence", "unsure"}
_LEAVING = ABOUT_STUDIES | {"take_home"}


def is_career(choice: str | None) -> bool:
    """Say whether what a button or a word stands for belongs to this check."""
    return choice in (NAME, AGAIN, CONTINUE) or (choice or "").startswith(_ANSWER)


def offered(talk: Talk) -> tuple[str, ...]:
    """Return the button that begins the check, where it is not done yet and nothing is begun."""
    is_free = talk.memory.activity is None and not CareerState.of(talk.memory).done
    return ("career_check",) if is_free else ()


def begin(talk: Talk) -> None:
    """Begin the check, go on from where it was left, or show what came of it."""
    state = CareerState.of(talk.memory)
    if talk.turn.choice == AGAIN:
        state = CareerState()
    if state.done:
        _show_again(talk)
    elif state.begun and (meaning := _of_button(talk.turn.choice)) not in (None, "continue"):
        _hear(talk, state, str(meaning))
    elif state.begun:
        talk.say("utter_mapping_taken_up")
        _ask(talk, state)
    else:
        talk.say("utter_career_begin")
        _ask(talk, state)


def take(talk: Talk) -> bool:
    """Take a turn of the check; False when it is about something else."""
    meaning = _meaning(talk)
    if meaning is None:
        if talk.turn.intent in _LEAVING or talk.turn.choice is not None:
            talk.remember(activity=None)
        return False
    _hear(talk, CareerState.of(talk.memory), meaning)
    return True


def is_meant(talk: Talk) -> bool:
    """Say that a turn is an answer although it was taken for a stop, say."""
    turn = talk.turn
    if turn.choice is not None or not turn.text:
        return False
    whole = answer_in(turn.text, _language(talk), whole=True)
    return whole is not None or command(turn.text, _language(talk)) in ("enough", "next")


__all__ = ["ACTIVITY", "NAME"]
ACTIVITY = Activity(begin, take, is_meant)


def _meaning(talk: Talk) -> str | None:
    """Return an answer, a command, `unclear`, or None for what is about something else."""
    turn = talk.turn
    if turn.choice is not None:
        return _of_button(turn.choice)
    if talk.memory.hushed or talk.memory.pending is not None:
        return None
    by_intent = _BY_INTENT.get(turn.intent) or _OTHERWISE.get(turn.intent)
    if not turn.text:
        return by_intent
    asked_for = command(turn.text, _language(talk))
    if asked_for in ("enough", "next"):
        return "enough" if asked_for == "enough" else "skip"
    answer = answer_in(turn.text, _language(talk), whole=turn.intent not in _LOOSE)
    if answer is not None:
        return answer
    if turn.no_preference is not None:
        return "skip"
    return by_intent or ("unclear" if turn.intent in _UNCLEAR else None)


def _of_button(choice: str | None) -> str | None:
    if choice in (NAME, AGAIN, CONTINUE):
        return "continue"
    return choice[len(_ANSWER) :] if choice and choice.startswith(_ANSWER) else None


def _hear(talk: Talk, state: CareerState, meaning: str) -> None:
    if meaning.isdigit():
        _forget_facts(talk)
        _go_on(talk, state.answering(int(meaning)))
    elif meaning == "skip":
        _go_on(talk, state.skipping())
    elif meaning == "enough":
        _finish(talk, state)
    elif meaning == "unclear" and not talk.changed:
        _not_understood(talk, state)
    else:
        if meaning == "why":
            talk.say("utter_explain_career")
        elif meaning == "back":
            talk.say("utter_go_back_done")
            state = state.back()
        talk.acknowledge()
        _ask(talk, state)


def _go_on(talk: Talk, state: CareerState) -> None:
    if state.area is None:
        _finish(talk, state)
    else:
        _ask(talk, state)


def _not_understood(talk: Talk, state: CareerState) -> None:
    """Ask for a place on the scale once; the second time pass the area over."""
    if state.unclear:
        talk.say("utter_mapping_skipped")
        _go_on(talk, state.skipping())
    else:
        _store(talk, replace(state, unclear=True))
        talk.say("utter_career_unclear", choices=buttons.choices(*_ANSWERS), asked=NAME)


def _ask(talk: Talk, state: CareerState) -> None:
    _store(talk, state)
    name = talk.wording_by_turns(f"utter_ask_career_{state.area}")
    talk.say(name, choices=buttons.choices(*_ANSWERS), asked=NAME)


def _finish(talk: Talk, state: CareerState) -> None:
    talk.remember(activity=None)
    if state.answers:
        _store(talk, replace(state, done=True))
        talk.do(ShowCareerSkills())
    else:
        _store(talk, None)
        talk.say("utter_career_empty")
    if talk.memory.searched:
        talk.say("utter_mapping_next", choices=buttons.choices("show_options", "make_plan"))
    else:
        talk.go_on()


def _show_again(talk: Talk) -> None:
    talk.remember(activity=None)
    talk.do(ShowCareerSkills())
    step = "show_options" if talk.memory.searched else "start_guidance"
    talk.say("utter_career_done", choices=buttons.choices("career_again", step))


def _forget_facts(talk: Talk) -> None:
    """Take back what an answer put into the profile: "two" is no number of hours."""
    if not talk.changed or not talk.memory.history:
        return
    before = talk.memory.history[-1].before
    talk.profile = change(talk.profile, before).profile
    talk.changed = {}
    talk.remember(history=talk.memory.history[:-1])


def _store(talk: Talk, state: CareerState | None) -> None:
    kept = None if state is None else state.to_dict()
    talk.remember(progress=talk.memory.with_progress(NAME, kept))


def _language(talk: Talk) -> str:
    return talk.profile.language or DEFAULT_LANGUAGE


_ANSWERS = ("career_1", "career_2", "career_3", "career_4", "career_skip")
