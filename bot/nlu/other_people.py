"""Occupations that are somebody else's: a helper's, a teacher's to be met, a relative's."""

from __future__ import annotations

import re

from bot.nlu.lexicon import Match, Phrases

# People to talk to, unless somebody wants to become one.
_HELPERS = ("study_counsellor", "job_coach", "customer_service_agent", "it_diploma")
# Somebody to be taught or treated by, unless somebody wants to become one.
_SOUGHT = ("teacher", "doctor", "coach")
_OBJECTS = ("jan", "rin", "jaa", "riä")
# Somebody to go to: "eläinlääkäriin", "lääkärissä".
_VISITED = re.compile(r"\w+(?:jaan|jään|riin)")
_SOMEBODY = r"\w+(?:j[aä]|[aäeou]ri|kko|kkö|isti|logi|nomi|peuti|ikolla|poliisi|opo|issa)"
_IN_SOMEBODY = re.compile(_SOMEBODY + r"ss[aä]")
# The same, unless it says where one works, or asks: "hierojalla", "lääkäriltä".
_AT_SOMEBODY = re.compile(_SOMEBODY + r"l[lt][aä]")
_PRACTICE = re.compile(r"vastaanot\w*|luona|luo|luokse|luota|mottagning\w*|ajan?vara\w*")
_TO_SOMEBODY = "lle"
_ACCUSATIVE = ("n", "a", "ä")
# Schooling for an occupation, by the last part of a compound.
_SCHOOL = re.compile(r"\w+(?:koul|tutki|kurss|opin|papere|kortt?i)\w*")
# A word of Swedish that says of whom: "hos tandläkaren".
_DEFINITE = ("en", "an", "rna", "sen")
_OF_A_KNOWN_ONE = frozenset(("the", "my", "our", "that", "this"))
_AT_WHOM = frozenset(("hos", "at", "with"))
_TO_WHOM = frozenset(("till", "ti", "från", "to", "from"))
_BARE = "bare"
_YOURS = frozenset(("din", "ditt", "dina", "er", "your", "sun", "sinun", "teidän", "teijän"))
_PLURAL = frozenset(("are", "were"))
_ARTICLES = frozenset(("a", "an", "en", "the", "my"))
_NEAR = 3
_NOW = frozenset(("nyt", "nu", "now", "currently", "nykyään", "numera"))
# Where somebody is to be met: "onko siellä opettaja paikalla".
_ON_SITE = frozenset(("siellä", "siel", "paikalla", "mukana", "present", "där", "plats"))
# What follows an occupation that is to be learnt.
_SCHOOLING = ("schooling", "study_word", "trained:after", "trained:card", "job_word")
_OWN = ("first_person", "oneself", "cue:wish", "becoming")
# What leads away from who is needed: "need good Finnish for", "went to school as".
_APART = ("needed_for", "preposition:to", "preposition:from", "preposition:at", "work_as")
# How many words may stand between what is asked for and the occupation.
_WITHIN = 4


def is_asked_for(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is somebody to talk to: "haluan puhua opinto-ohjaajan kanssa"."""
    tokens = phrases.reading.tokens
    here = {token.word for token in tokens if token.clause == tokens[match.first].clause}
    if match.value in _SOUGHT and phrases.is_question(match.first) and here & _ON_SITE:
        return True
    if match.value in _HELPERS and not phrases.beside("cue:wish", match.first):
        # "Koppla mig till studiehandledaren".
        to_them = match.first > 0 and phrases.covers("preposition:to", match.first - 1)
        learnt = phrases.beside("cue:graduated", match.first)
        return phrases.is_question(match.first) or (to_them and not learnt)
    to_us = phrases.beside("second_person", match.first, sentence=True)
    about_studies = phrases.beside("language_talk:study", match.first, sentence=True)
    # "Can you help me, ..., cleaner now".
    timed = match.last < len(tokens) and tokens[match.last].word in _NOW
    if to_us and not about_studies and phrases.is_question(match.first) and not timed:
        return True
    return any(
        0 <= match.first - service.last <= _WITHIN
        for service in phrases.beside("cue:service", match.first)
    )


def is_of_family(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is beside somebody close: "a farmer's wife", "tar hand om min mamma"."""
    if phrases.covers("close_after", match.last):
        return True
    others = [
        one
        for one in phrases.beside("person", match.first)
        if one.last <= match.first and one.value != _BARE
    ]
    return bool(others) and not any(
        phrases.covers(kind, place)
        for kind in ("myself", "oneself", "saying")
        for place in range(others[-1].last, match.first)
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


def is_somebody(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether somebody of that occupation is met, needed, told of, or almost become."""
    return any(
        tells(match, word, phrases)
        for tells in (_is_visited, _is_needed, _is_told_of, _is_almost, _is_yours)
    )


def _is_visited(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether it is somebody to go to: "kävin hammaslääkärissä", "hos frisören"."""
    if _SCHOOL.fullmatch(word):
        return False
    if _VISITED.fullmatch(word) or _IN_SOMEBODY.fullmatch(word):
        return True
    if is_at_practice(match, phrases):
        return True
    meeting = _meets(match, phrases)
    if _AT_SOMEBODY.fullmatch(word):
        working = phrases.beside("cue:workplace", match.first)
        return bool(meeting) or not (working or phrases.is_question(match.first))
    return (meeting and word.endswith(_TO_SOMEBODY)) or _is_met_at(match, word, phrases)


def is_at_practice(match: Match, phrases: Phrases) -> bool:
    """Tell whether where it receives people follows: "hammaslääkärin vastaanotolla"."""
    tokens = phrases.reading.tokens
    return (
        match.last < len(tokens)
        and tokens[match.last - 1].word.endswith("n")
        and _PRACTICE.fullmatch(tokens[match.last].word) is not None
    )


def _is_met_at(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether "at", "to" or "from" somebody known is said: "went to the dentist"."""
    tokens = phrases.reading.tokens
    before = [tokens[place].word for place in range(max(match.first - 2, 0), match.first)]
    if before[-1:] and before[-1] in _AT_WHOM:
        return True
    if len(before) > 1 and before[0] in _AT_WHOM and before[1] in _ARTICLES:
        return True
    if phrases.beside("cue:change", match.first):
        return False
    if before[-1:] and before[-1] in _TO_WHOM:
        return word.endswith(_DEFINITE)
    return len(before) > 1 and before[0] in _TO_WHOM and before[1] in _OF_A_KNOWN_ONE


def _is_needed(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether somebody is needed or met: "I need a doctor", "tarviin putkimiehen"."""
    if not _meets(match, phrases) or _SCHOOL.fullmatch(word):
        return False
    after = match.last
    if any(phrases.covers(kind, after) for kind in _SCHOOLING):
        return False
    if any(phrases.covers("becoming", place) for place in range(match.first - _NEAR, match.first)):
        return False
    article = match.first > 0 and phrases.reading.tokens[match.first - 1].word in _ARTICLES
    meeting = phrases.between("meeting", match.first - _WITHIN, match.first)
    between = range(meeting[-1].last, match.first)
    if any(phrases.covers(kind, place) for kind in _APART for place in between):
        return False
    needed = any(one.value == "needed" for one in meeting)
    return needed and (article or word.endswith(_ACCUSATIVE))


def _meets(match: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return any(
        tokens[one.first].clause == tokens[match.first].clause
        for one in phrases.between("meeting", match.first - _WITHIN, match.first)
    )


def _is_almost(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether it is denied by a small word: "I was almost a doctor"."""
    return any(
        phrases.covers("almost", place)
        for place in range(match.first - 2, match.first)
        if place >= 0
    )


def _is_told_of(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether somebody of an occupation is told of: "poliisi soitti", "läraren var snäll"."""
    tokens = phrases.reading.tokens
    verb = phrases.covering("event_verb", match.last)
    if verb is None or tokens[verb.first].sentence != tokens[match.first].sentence:
        return False
    if verb.value == "plain":
        return True
    if any(phrases.beside(kind, match.first) for kind in _OWN):
        return False
    said = tokens[verb.first].word
    definite = match.first > 0 and tokens[match.first - 1].word in _OF_A_KNOWN_ONE
    return definite or word.endswith(_DEFINITE) or said in _PLURAL or said.startswith("oli")


def _is_yours(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether it belongs to the one who is spoken to: "va kostar din chef"."""
    before = match.first - 1
    yours = before >= 0 and phrases.reading.tokens[before].word in _YOURS
    return yours and not any(phrases.covers(kind, match.last) for kind in _SCHOOLING)
