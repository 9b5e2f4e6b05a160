"""Occupations that are somebody else's: a helper's, a teacher's to be met, a relative's."""

from __future__ import annotations

from bot.nlu.lexicon import Match, Phrases

# People to talk to, unless somebody wants to become one.
_HELPERS = ("study_counsellor", "job_coach", "customer_service_agent", "it_diploma")
# Somebody to be taught or treated by, unless somebody wants to become one.
_SOUGHT = ("teacher", "doctor", "coach")
_OBJECTS = ("jan", "rin", "jaa", "riä")
# Somebody to go to: "eläinlääkäriin".
_VISITED = ("jaan", "jään", "riin")
# How many words may stand between what is asked for and the occupation.
_WITHIN = 4


def is_asked_for(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is somebody to talk to: "haluan puhua opinto-ohjaajan kanssa"."""
    if match.value in _HELPERS and not phrases.beside("cue:wish", match.first):
        # "Koppla mig till studiehandledaren".
        to_them = match.first > 0 and phrases.covers("preposition:to", match.first - 1)
        learnt = phrases.beside("cue:graduated", match.first)
        return phrases.is_question(match.first) or (to_them and not learnt)
    to_us = phrases.beside("second_person", match.first, sentence=True)
    about_studies = phrases.beside("language_talk:study", match.first, sentence=True)
    if to_us and not about_studies and phrases.is_question(match.first):
        return True
    return any(
        0 <= match.first - service.last <= _WITHIN
        for service in phrases.beside("cue:service", match.first)
    )


def is_of_family(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is somebody else's: "my wife is a nurse", "min son har läxor i matte"."""
    if phrases.covers("relative", match.last):
        return True
    others = [one for one in phrases.beside("relative", match.first) if one.last <= match.first]
    return bool(others) and not any(
        phrases.covers("myself", place) for place in range(others[-1].last, match.first)
    )


def is_sought(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether somebody wants to meet it, not to be it: "haluan oikean opettajan"."""
    if match.value not in _SOUGHT:
        return False
    article = match.first > 0 and phrases.covers("article", match.first - 1)
    if not (article or word.endswith(_OBJECTS)):
        return False
    near = range(max(match.first - _WITHIN, 0), match.first)
    becoming = any(phrases.covers("becoming", place) for place in (*near, match.last))
    return not becoming and not phrases.covers("schooling", match.last)


def is_visited(word: str) -> bool:
    """Tell whether a Finnish word says to whom one goes."""
    return word.endswith(_VISITED)
