"""Occupations and cards that no list names: by the last part of a word, or by "work as"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.nlu.lexicon import LANGUAGES, Match, Phrases, load_table
from bot.nlu.reading import fold, without_dots
from bot.nlu.subjects import Subject, load_entries

UNLISTED = "unlisted"
_SHORTEST_PART = 4
_SHORTEST_TITLE = 6
_SHORTEST_FIRST = 2
# What may follow the stem of a last part: "hoitaj|ana", "lärar|e", "sekreterar|jobbet".
_ENDING = re.compile(r"(?!ing$|ery$)[a-zåäö]{0,5}|(?:jobb|hommi|homma|töi|työ)[a-zåäö]{0,5}")
# Finnish says as what one works: "rauhanturvaajana", "sahamiehenä", "signalistina".
_ESSIVE = re.compile(
    r"\w{2,}(?:[aouieyäö]j(?:ana|änä)|rina|kkona|kkönä|istina|ttina|miehenä|naisena)"
)
# "Företagsekonomi" is a field in Swedish.
_ABSTRACT = ("ekonomi", "logi", "sofi")
# In Finnish shops "pass" ends no card.
_SHOP = "kaupassa"
_AGENT = re.compile(r"\w{4,}[aouieäöy](?:ja|jä)")
_STOPS = (
    "light", "courtesy", "turn:contrast", "turn:joining", "turn:or", "preposition:at", "cue:home",
    "preposition:from", "preposition:to", "cue:wish", "cue:held", "cue:graduated", "schedule",
    "situation", "article", "span_end", "negation:always", "month", "tongue", "hollow",
    "myself", "first_person", "schooling", "abroad", "cue:away", "cue:family", "second_person",
)  # fmt: skip
_KINDS_KNOWN = ("situation", "schedule", "goal", "no_title", "relative", "month")
_LONGEST = 3
_LONGEST_CASE = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """The stem of a last part and what a word that ends in it names."""

    entry: Mapping[str, Any]
    # Whether the first part says the field: "varastotyöntekijä".
    open: bool


@lru_cache(maxsize=1)
def _parts() -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    for entry in load_entries().values():
        if entry["kind"] == "skill" or entry.get("field") in (None, "001"):
            continue
        for pattern in _patterns(entry):
            stem = fold(pattern.rstrip("*"))
            if pattern.replace("-", "").rstrip("*").isalpha() and len(stem) >= _SHORTEST_TITLE:
                parts.setdefault(stem, _Part(entry, open=False))
    table = load_table("competence")
    for kind, name in (("occupation", "last_part"), ("qualification", "card_part")):
        for value, words in table[name].items():
            field = None if value in ("any", "own") else str(value)
            entry = {"kind": kind, "field": field, "code": None}
            for pattern in _patterns(words):
                parts[fold(pattern.rstrip("*"))] = _Part(entry, open=field is None)
    for stem in list(parts):
        parts.setdefault(without_dots(stem), parts[stem])
    return parts


@lru_cache(maxsize=1)
def _beginnings() -> tuple[frozenset[str], int]:
    stems = _parts()
    return frozenset(stem[:4] for stem in stems), max(map(len, stems))


def _patterns(entry: Mapping[str, Any]) -> Iterator[str]:
    for language in LANGUAGES:
        yield from map(str, entry.get(language) or ())


@lru_cache(maxsize=4096)
def last_part(word: str) -> tuple[_Part, int] | None:
    """Return what the last part of a compound names and where it begins, if it is known.

    >>> part, first = last_part("varastotyöntekijänä")
    >>> part.entry["kind"], first
    ('occupation', 7)
    """
    if word.endswith((*_ABSTRACT, _SHOP)):
        return None
    beginnings, longest = _beginnings()
    for first in range(len(word) - _SHORTEST_PART + 1):
        if 0 < first < _SHORTEST_FIRST or word[first : first + 4] not in beginnings:
            continue
        for length in range(min(longest, len(word) - first), 3, -1):
            part = _parts().get(word[first : first + length])
            if part is None or not (first or (length > _SHORTEST_TITLE and not part.open)):
                continue
            if _ENDING.fullmatch(word[first + length :]):
                return part, first
    return None


def unlisted_titles(phrases: Phrases, taken: frozenset[int]) -> Iterator[Subject]:
    """Yield the occupations and cards that are named by no entry of the lookups."""
    tokens = phrases.reading.tokens
    last = 0
    for place, token in enumerate(tokens):
        if place < last or token.kind != "word" or place in taken:
            continue
        listed = phrases.covering("competence", place)
        if listed is None and any(phrases.covers(kind, place) for kind in _KINDS_KNOWN):
            continue
        if listed is not None:
            outranking = _outranking(listed, phrases)
            if outranking is not None:
                yield outranking
            continue
        found = _by_head(place, phrases) or _by_last_part(place, phrases)
        found = found or _by_cue(place, phrases)
        if found is not None:
            last = found.match.last
            yield found


def _by_last_part(place: int, phrases: Phrases) -> Subject | None:
    word = phrases.reading.tokens[place].word
    found = last_part(word)
    if found is None or _names_studies(place, phrases):
        return None
    part = found[0]
    entry = part.entry
    if part.open:
        entry = {**entry, "field": _field_of(place, phrases)}
    return _subject(place, place + 1, entry, phrases)


def _outranking(listed: Match, phrases: Phrases) -> Subject | None:
    """Return what a compound is whose first part only is listed: "lääkärisihteeri"."""
    if listed.last - listed.first != 1:
        return None
    found = last_part(phrases.reading.tokens[listed.first].word)
    if found is None or found[1] < listed.weight:
        return None
    entry = found[0].entry
    if found[0].open:
        field = _field_of(listed.first, phrases) or load_entries()[listed.value].get("field")
        entry = {**entry, "field": field}
    return _subject(listed.first, listed.last, entry, phrases)


def _by_head(place: int, phrases: Phrases) -> Subject | None:
    """Return an English title of more words: "logistics manager", "welding licence"."""
    for kind, what in (("head_word", "occupation"), ("card_word", "qualification")):
        for head in phrases.between(kind, place + 1, place + _LONGEST + 1):
            if phrases.covers("competence", head.first):
                continue
            if all(_is_part(between, phrases) for between in range(place, head.first)):
                fields = [_field_of(between, phrases) for between in range(place, head.first)]
                field = next((one for one in reversed(fields) if one), None)
                entry = {"kind": what, "field": field, "code": None}
                return _subject(place, head.last, entry, phrases)
    return None


def _by_cue(place: int, phrases: Phrases) -> Subject | None:
    """Return what follows "work as" or stands in Finnish essive."""
    tokens = phrases.reading.tokens
    word = tokens[place].word
    worked = bool(phrases.beside("cue:held", place))
    entry: dict[str, Any] = {"kind": "occupation", "field": None, "code": None}
    if worked and _ESSIVE.fullmatch(word):
        entry["field"] = _field_of(place, phrases)
        return _subject(place, place + 1, entry, phrases)
    before = place - 1
    while before > 0 and phrases.covers("article", before):
        before -= 1
    if before >= 0 and phrases.covers("as_work", before) and _is_part(place, phrases):
        last = place + 1
        while last < len(tokens) and last - place < _LONGEST and _is_part(last, phrases):
            last += 1
        fields = [_field_of(one, phrases) for one in range(place, last)]
        entry["field"] = next((one for one in reversed(fields) if one), None)
        return _subject(place, last, entry, phrases)
    if before >= 0 and _AGENT.fullmatch(word) and phrases.covers("am_word", before):
        return _subject(place, place + 1, entry, phrases)
    return None


def _is_part(place: int, phrases: Phrases) -> bool:
    token = phrases.reading.tokens[place]
    if token.kind != "word":
        return False
    return not any(phrases.covers(kind, place) for kind in _STOPS)


def _names_studies(place: int, phrases: Phrases) -> bool:
    """Tell whether the whole word names a field: "architecture", "filosofia"."""
    word = phrases.reading.tokens[place].word
    match = phrases.covering("field", place)
    return match is not None and match.weight >= len(word) - _LONGEST_CASE


def _field_of(place: int, phrases: Phrases) -> str | None:
    match = phrases.covering("field", place) or phrases.covering("workplace_field", place)
    return None if match is None else match.value


def _subject(first: int, last: int, entry: Mapping[str, Any], phrases: Phrases) -> Subject:
    weight = sum(len(token.word) for token in phrases.reading.tokens[first:last])
    return Subject(Match("competence", UNLISTED, first, last, weight), entry)
