"""What a turn means while competence is mapped: a story, an answer, or something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidance.competence_stories import command, denied, is_nothing, named, recognise
from guidance.dialogue_answers import asks_to_be_told, says_tell_me
from guidance.dialogue_profile import change
from guidance.dialogue_talk import Talk
from guidance.mapping_state import NAME, MappingState
from opastin.texts import DEFAULT_LANGUAGE

BUTTON = "mapping_"
DROP = "mapping_drop_"
_CONTINUE = "continue_mapping"
# So short a message that names a proposed competence is about it, whatever it was taken for.
SHORT = 5

_BY_INTENT = {
    "affirm": "yes",
    "deny": "no",
    "explain_choice": "why",
    "go_back": "back",
    "map_competence": "continue",
    "repeat": "continue",
    "unsure": "unsure",
}
# What one has done is told in any words, so these are often mistaken.
_STORIES = frozenset({"affirm", "correct", "deny", "inform", "map_competence", "nlu_fallback"})
_CHAT = frozenset({"chitchat", "out_of_scope"})
# Told in passing, these answer no question of the mapping.
_ABOUT_THE_PAST = frozenset({"competence", "education", "situation"})
# Answered in between; anything else leaves the mapping, to be taken up again later.
_IN_BETWEEN = frozenset(
    {
        "ask_help",
        "ask_human",
        "ask_privacy",
        "bot_challenge",
        "change_language",
        "chitchat",
        "complain",
        "goodbye",
        "greet",
        "out_of_scope",
        "request_callback",
        "thank",
        "use_plain_language",
    }
)
_FAQ = "faq_"


@dataclass(frozen=True)
class Meaning:
    """What a turn means to the mapping."""

    name: str
    is_command: bool = False
    # Competences that a story tells of; proposed ones that a message names, or says no to.
    codes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    # The one that a button says is wrong.
    drop: str | None = None


def meaning_of(talk: Talk, state: MappingState) -> Meaning | None:
    """Return what a turn means to the mapping, None when it is about something else."""
    turn = talk.turn
    if turn.choice is not None and not (turn.text and turn.choice == NAME):
        return _of_button(turn.choice, state)
    if talk.memory.hushed or talk.memory.pending is not None:
        return None
    if not turn.text:
        name = _BY_INTENT.get(turn.intent)
        return None if name is None else Meaning(name)
    return _of_words(talk, state)


def leaves(talk: Talk) -> bool:
    """Say whether a turn that is not for the mapping is about something to be done instead."""
    return not (talk.turn.intent in _IN_BETWEEN or talk.turn.intent.startswith(_FAQ))


def forget_what_was_not_meant(talk: Talk, state: MappingState, meaning: Meaning) -> None:
    """Take back what an answer put into the profile: where one worked is no wish, nor is it now."""
    before = talk.memory.history[-1].before if talk.memory.history else {}
    slots = [slot for slot in _OF_THE_PAST if slot in talk.changed and slot in before]
    facts: dict[str, Any] = {slot: before[slot] for slot in slots}
    is_no_story = state.proposed or meaning.is_command or meaning.name in ("none", "question")
    if is_no_story and "competence" in talk.changed:
        # "Some of them" is no competence, nor is "I haven't studied anything".
        facts["competence"] = before.get("competence")
    talk.profile = change(talk.profile, facts).profile
    talk.changed = {name: value for name, value in talk.changed.items() if name not in facts}


_OF_THE_PAST = ("place", "places", "situation")


def is_question(text: str) -> bool:
    """Say whether somebody asks: what is asked is nothing that they can do."""
    return text.rstrip().endswith("?") or bool(_QUESTION.match(text) or says_tell_me(text))


_QUESTION = re.compile(
    r"\W*(entä |mut |mutta |men |but |and |och |ja )?"
    r"(mitä|mikä|miksi|miks|miten|missä|milloin|kuka|kuinka|paljonko|pitääkö|voiko|voinko|onko|saako"
    r"|vad|va|varför|hur|var|när|vem|kan man|får jag|får man|måste"
    r"|what|why|how do|how much|how long|where|who|which|can i|do i|should i|is it|is there)\b",
    re.IGNORECASE,
)


def language_of(talk: Talk) -> str:
    """Return the language that the conversation is held in."""
    return talk.profile.language or DEFAULT_LANGUAGE


def _of_button(choice: str, state: MappingState) -> Meaning | None:
    if choice.startswith(DROP):
        code = choice[len(DROP) :]
        return Meaning("drop", drop=code) if code in state.proposed else Meaning("continue")
    if choice == _CONTINUE:
        return Meaning("continue")
    return Meaning(choice[len(BUTTON) :]) if choice.startswith(BUTTON) else None


def _of_words(talk: Talk, state: MappingState) -> Meaning | None:
    turn, language = talk.turn, language_of(talk)
    said = command(turn.text, language)
    if said is not None:
        return Meaning(said, is_command=True)
    if state.proposed and (answer := _about_proposed(talk, state)) is not None:
        return answer
    if asks_to_be_told(talk):
        return None
    codes = recognise(turn.text, language, _told(turn.facts))
    if turn.no_preference is not None and not codes:
        return Meaning("next")
    if not (codes or state.proposed) and is_nothing(turn.text, language):
        return Meaning("none")
    if not _is_for_mapping(talk, codes):
        return None
    if not codes and turn.intent in _STORIES and is_question(turn.text):
        return Meaning("question")
    name = _BY_INTENT.get(turn.intent, "story")
    if name == "continue" and codes:
        name = "story"
    if name == "story" and not codes and turn.facts and not _ABOUT_THE_PAST & turn.facts.keys():
        name = "aside"
    return Meaning(name, codes=codes)


def _about_proposed(talk: Talk, state: MappingState) -> Meaning | None:
    """Return a short message's answer to what is proposed: "ei lääkkeitä", "the second one"."""
    turn, language = talk.turn, language_of(talk)
    pointed = tuple(
        state.proposed[place - 1] for place in turn.ordinals if 0 < place <= len(state.proposed)
    )
    if pointed and (state.dropping or turn.intent == "deny"):
        return Meaning("some", named=pointed, denied=() if state.dropping else pointed)
    if pointed:
        others = tuple(code for code in state.proposed if code not in pointed)
        return Meaning("some", denied=others) if others else Meaning("all")
    if len(turn.text.split()) > SHORT:
        return None
    no = denied(turn.text, language, state.proposed)
    spoken_of = named(turn.text, language, state.proposed)
    if not (no or spoken_of):
        return None
    new = state.unanswered(recognise(turn.text, language))
    if not no and any(code not in state.proposed for code in new):
        return None
    return Meaning("some", named=spoken_of, denied=() if state.dropping else no)


def _told(facts: Mapping[str, object]) -> list[Mapping[str, Any]]:
    told = facts.get("competence")
    return list(told) if isinstance(told, (list, tuple)) else []


def _is_for_mapping(talk: Talk, codes: tuple[str, ...]) -> bool:
    turn = talk.turn
    if turn.intent in _STORIES or turn.intent in _BY_INTENT:
        return True
    if turn.intent in _CHAT and "competence" in turn.facts:
        return True
    return bool(codes) and "?" not in turn.text
