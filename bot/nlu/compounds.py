"""The field of a compound that no list holds, by its last part: "robottihitsaus"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.lexicon import LANGUAGES, load_table
from bot.nlu.patterns import spelled_out
from bot.nlu.reading import fold

_SHORTEST = 4
# What inflection may add to a part.
_LONGEST_ENDING = 5
# Longer words of a listed field may stand last as well.
_SHORTEST_LISTED = 8
_SHORTEST_FIRST = 3
_LONGEST_BARE = 4
# What ends in such a part and is about something else: "opinto-oikeus", "läroplan".
_VOID = ("oppimi", "opiskel", "studie", "distans", "etä", "verkkoop", "verkkokurs")
# What a compound for studies of something ends in: "yrittäjyysopintoja".
_STUDIES = re.compile(
    r"(?<=\w{5})(?:n|s)?(?:opin(?:not|to)|koulutu|kurss|tutkin|studie|utbildning|kurs|examen|linje)"
    r"\w{0,7}$"
)


def field_of_compound(word: str) -> str | None:
    """Return the code of the field that the last part of a folded word names, or None.

    >>> field_of_compound("robottihitsausta")
    '0715'
    """
    if word.startswith(_VOID):
        return None
    word = _STUDIES.sub("", word)
    parts, listed = _parts("field_part"), _parts("field")
    for first in range(len(word) - _SHORTEST + 1):
        if 0 < first < _SHORTEST_FIRST:
            continue
        for last in range(len(word), max(first + _SHORTEST, len(word) - _LONGEST_ENDING) - 1, -1):
            part = word[first:last]
            code = parts.get(part)
            if code is None and first and len(part) >= _SHORTEST_LISTED:
                code = listed.get(part)
            if code is not None:
                return code
    return None


def field_of_topic(word: str) -> str | None:
    """Return the code of the field of an everyday word that is wished for, or None.

    >>> field_of_topic("mehiläisistä")
    '081'
    """
    topics = _parts("field_topic")
    shortest = max(2, len(word) - _LONGEST_ENDING)
    for last in range(len(word), shortest - 1, -1):
        # Nothing is added to a short word: "bin" is not "binda".
        if word[:last] in topics and (last > _LONGEST_BARE or last == len(word)):
            return topics[word[:last]]
    return None


@lru_cache
def _parts(table: str) -> dict[str, str]:
    """Return the words of a table of lookups by field that are one word."""
    parts: dict[str, str] = {}
    for code, entry in load_table(table)[table].items():
        for language in LANGUAGES:
            for pattern in entry.get(language) or ():
                for phrase in spelled_out(str(pattern)):
                    parts.setdefault(fold(phrase.rstrip("*")), str(code))
    return parts
