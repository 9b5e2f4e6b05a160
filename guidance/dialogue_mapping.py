"""Turns of the mapping of competence: tell, see it in words of competence, say yes or no."""

from __future__ import annotations

from dataclasses import replace

from guidance import dialogue_choices as buttons
from guidance.competence_stories import recognise
from guidance.dialogue_activities import Activity
from guidance.dialogue_mapping_end import finish, has_found, show_again, store
from guidance.dialogue_mapping_meaning import (
    DROP,
    Meaning,
    forget_what_was_not_meant,
    language_of,
    leaves,
    meaning_of,
)
from guidance.dialogue_moves import Choice, payload
from guidance.dialogue_talk import Talk
from guidance.mapping_state import OTHER, MappingState, repeated
from guidance.profile import Profile

WORDS_OF_A_NO = 2
_SKIPPING = frozenset({"next", "none", "no", "unsure"})
_KEEPING = frozenset({"all", "yes", "keep"})


def begin(talk: Talk) -> None:
    """Begin the mapping, go on from where it was left, or show what came of it."""
    state = MappingState.of(talk.memory)
    talk.settle("competence")
    if state.done and not has_found(talk, state):
        # What there was has been taken back since.
        finish(talk, state)
    elif state.done and talk.turn.choice != "mapping_more":
        show_again(talk)
    elif state.done:
        _ask_next(talk, replace(state, done=False))
    elif state.begun:
        talk.say("utter_mapping_taken_up")
        _prompt(talk, state)
    else:
        _begin_anew(talk, state)


def take(talk: Talk) -> bool:
    """Take a turn of the mapping; False when it is about something else."""
    state = MappingState.of(talk.memory)
    meaning = meaning_of(talk, state)
    if meaning is None:
        if leaves(talk):
            talk.remember(activity=None)
        return False
    forget_what_was_not_meant(talk, state, meaning)
    others = {name: value for name, value in talk.changed.items() if name != "competence"}
    if others:
        talk.say("utter_understood", about=others)
    if meaning.name == "continue":
        _prompt(talk, state)
    elif meaning.name == "why":
        talk.say("utter_explain_mapping")
        _prompt(talk, state)
    elif meaning.name == "question":
        talk.say("utter_mapping_question")
        _prompt(talk, state)
    elif meaning.name == "back":
        _go_back(talk, state)
    elif meaning.name == "enough":
        finish(talk, state.leaving_open())
    elif not state.proposed:
        _hear_area(talk, state, meaning)
    elif state.dropping:
        _hear_dropping(talk, state, meaning)
    else:
        _hear_answer(talk, state, meaning)
    return True


def is_meant(talk: Talk) -> bool:
    """Say that a turn is for the mapping although it was taken for a stop, say."""
    state, turn = MappingState.of(talk.memory), talk.turn
    if turn.choice is not None or not turn.text:
        return False
    # "Ei lääkkeitä" is no crisis, but whatever may be one is taken as one.
    is_doubtful = not turn.is_sure and len(turn.text.split()) <= WORDS_OF_A_NO
    if turn.intent != "stop" and not is_doubtful:
        return False
    meaning = meaning_of(talk, state)
    return meaning is not None and (meaning.is_command or bool(meaning.denied))


ACTIVITY = Activity(begin, take, is_meant)


def _begin_anew(talk: Talk, state: MappingState) -> None:
    profile, text = talk.profile, talk.turn.text
    if "utter_mapping_begin" not in talk.memory.said:
        talk.say("utter_mapping_begin")
        talk.remember(said=(*talk.memory.said, "utter_mapping_begin"))
    told = ", ".join(item.words for item in profile.competence)
    known = [item.to_dict() for item in profile.competence]
    codes = recognise(". ".join(filter(None, (text, told))), language_of(talk), known)
    if codes:
        state = replace(state, asked=_areas_told(profile), area=OTHER)
        _propose(talk, state.hearing(told or text, codes))
    else:
        _ask_next(talk, state)


def _areas_told(profile: Profile) -> tuple[str, ...]:
    kinds = {item.kind for item in profile.competence}
    work = ("work",) if kinds & {"occupation", "qualification"} else ()
    studies = ("studies",) if "qualification" in kinds else ()
    return (*work, *studies)


def _hear_area(talk: Talk, state: MappingState, meaning: Meaning) -> None:
    """Take an answer to "what have you done"."""
    new = state.unanswered(meaning.codes)
    if new:
        _propose(talk, state.hearing(talk.turn.text, new))
    elif meaning.name in _SKIPPING:
        if "utter_mapping_skipped" not in talk.memory.said:
            talk.say("utter_mapping_skipped")
            talk.remember(said=(*talk.memory.said, "utter_mapping_skipped"))
        _ask_next(talk, state)
    elif meaning.name != "story":
        # A bare yes, or a fact about something else: the area is still open.
        _prompt(talk, state)
    else:
        talk.say("utter_mapping_own", words=repeated(talk.turn.text))
        _ask_next(talk, state.in_own_words(talk.turn.text))


def _hear_answer(talk: Talk, state: MappingState, meaning: Meaning) -> None:
    """Take an answer to "do you recognise these"."""
    if meaning.denied:
        _drop(talk, state, meaning.denied)
    elif meaning.name in _KEEPING:
        _confirm(talk, state, meaning.codes)
    elif meaning.name in ("some", "unsure") or meaning.named:
        _ask_which(talk, replace(state, dropping=True), "utter_mapping_which")
    elif meaning.name in ("none", "no"):
        talk.say("utter_mapping_rejected")
        kept = state.in_own_words(state.words)
        _go_on(talk, kept.rejecting(state.proposed))
    elif meaning.codes and meaning.name == "story":
        new = state.unanswered(meaning.codes)
        _propose(talk, state.hearing(talk.turn.text, (*state.proposed, *new)))
    elif meaning.name == "next" or state.unclear:
        _ask_next(talk, state.leaving_open())
    else:
        store(talk, replace(state, unclear=True))
        talk.say("utter_mapping_unclear", choices=buttons.choices(*_ANSWERS))


def _hear_dropping(talk: Talk, state: MappingState, meaning: Meaning) -> None:
    """Take an answer to "which of these are wrong"."""
    wrong = (meaning.drop,) if meaning.drop else meaning.named
    if wrong:
        left = state.rejecting(wrong)
        if left.proposed:
            _ask_which(talk, left, "utter_mapping_dropped")
        else:
            _go_on(talk, left.in_own_words(left.words))
    elif meaning.name in _KEEPING | _SKIPPING or state.unclear:
        _confirm(talk, state, ())
    else:
        _ask_which(talk, replace(state, unclear=True), "utter_mapping_which_again")


def _drop(talk: Talk, state: MappingState, wrong: tuple[str, ...]) -> None:
    left = state.rejecting(wrong)
    if left.proposed:
        _confirm(talk, left, (), "utter_mapping_corrected")
    else:
        _go_on(talk, left.in_own_words(left.words))


def _confirm(
    talk: Talk,
    state: MappingState,
    codes: tuple[str, ...],
    name: str = "utter_mapping_confirmed",
) -> None:
    talk.say(name)
    state = state.confirming()
    new = state.unanswered(code for code in codes if code not in state.waiting)
    if new:
        # "Yes, and I have also ..."
        _propose(talk, state.hearing(talk.turn.text, (*new, *state.waiting)))
    else:
        _go_on(talk, state)


def _go_on(talk: Talk, state: MappingState) -> None:
    if state.waiting:
        state = state.with_more()
        store(talk, state)
        _say_proposed(talk, state, "utter_mapping_proposed_more")
    else:
        _ask_next(talk, state)


def _ask_next(talk: Talk, state: MappingState) -> None:
    area = state.next_area
    if area is not None:
        store(talk, state.asking(area))
        _ask(talk, area)
    elif talk.turn.choice == "mapping_more":
        store(talk, state.asking(OTHER))
        _ask(talk, OTHER)
    else:
        finish(talk, state.leaving_open())


def _go_back(talk: Talk, state: MappingState) -> None:
    """Take the last answer back: what is proposed, else all that was told of the area before."""
    if not state.proposed and len(state.asked) > 1:
        asked = state.asked[:-1]
        state = replace(state.without_area(asked[-1]), asked=asked, area=asked[-1])
    talk.say("utter_go_back_done")
    _prompt(talk, replace(state, words="", proposed=(), waiting=(), dropping=False))


def _prompt(talk: Talk, state: MappingState) -> None:
    """Put the open question again."""
    store(talk, state)
    if state.dropping:
        _ask_which(talk, state, "utter_mapping_which_again")
    elif state.proposed:
        _say_proposed(talk, state, "utter_mapping_proposed_again")
    elif state.area in state.asked:
        _ask(talk, state.area)
    else:
        _ask_next(talk, state)


def _ask(talk: Talk, area: str) -> None:
    first, again = f"utter_ask_mapping_{area}", f"utter_ask_mapping_{area}_again"
    name = again if first in talk.memory.said else first
    talk.remember(said=tuple(dict.fromkeys((*talk.memory.said, name))))
    choices = buttons.choices("mapping_next", "mapping_enough")
    talk.say(name, choices=choices, asked="competence")


def _propose(talk: Talk, state: MappingState) -> None:
    store(talk, state)
    _say_proposed(talk, state, "utter_mapping_proposed", words=repeated(state.words))


def _say_proposed(talk: Talk, state: MappingState, name: str, words: str = "") -> None:
    talk.say(
        name,
        choices=buttons.choices(*_ANSWERS),
        texts={"competences": names_of(state.proposed)},
        words=words,
    )


def _ask_which(talk: Talk, state: MappingState, name: str) -> None:
    store(talk, state)
    wrong = (
        Choice(payload("deny", choice=f"{DROP}{code}"), text=names_of((code,))[0])
        for code in state.proposed
    )
    talk.say(name, choices=(*wrong, *buttons.choices("mapping_keep")))


def names_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the responses that name competences."""
    return tuple(f"utter_about_competence_{code}" for code in codes)


_ANSWERS = ("mapping_all", "mapping_some", "mapping_none", "mapping_next")
