"""See competences in what people tell: deterministic, and rather few than wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guidance.competence_table import Entry, Signs, load_competences
from guidance.competence_words import HIDDEN, Phrase, Said, find, words_of

# What an occupation brings, beside what was told: no more than can be looked over.
MOST_IMPLIED = 3
# Stands between clauses, so that no row of words reaches over from one to the next.
_BREAK = (HIDDEN,)
_SENTENCE_ENDS = re.compile(r"[.!?;\n]+")
_CLAUSE_ENDS = re.compile(r"[,:()–]+|\s-\s")


def recognise(text: str, language: str, known: Iterable[Mapping[str, Any]] = ()) -> tuple[str, ...]:
    """Return the codes of the competences that a story tells of, the most telling ones first.

    `known` holds what the understanding found in it, as the profile's `competence`: occupations
    and qualifications bring competences too. What is denied, wished for or said of others counts
    for nothing.
    """
    told = list(_told(text, language))
    implied = [code for code in implied_by(known) if code not in told][:MOST_IMPLIED]
    return (*told, *implied)


def implied_by(known: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the competences that occupations and qualifications bring, by their fields."""
    fields = [
        str(item["field"])
        for item in known
        if item.get("field") and item.get("kind") in ("occupation", "qualification")
    ]
    entries = load_competences().entries.values()
    return tuple(entry.code for entry in entries if _is_implied(entry, fields))


def named(text: str, language: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return those of `codes` that a text speaks of, whatever it says of them."""
    words = words_of(text)
    entries = load_competences().entries
    return tuple(code for code in codes if _is_named(entries[code], language, words))


def denied(text: str, language: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return those of `codes` that a text says no to: "ei lääkkeitä", or all but "vain siivous"."""
    signs = load_competences().signs[language]
    if any(find(phrase, words_of(text)) is not None for phrase in signs.only):
        kept = named(text, language, codes)
        return tuple(code for code in codes if code not in kept) if kept else ()
    no = [words for words in _all_clauses(text, signs) if _is_negated(words, signs)]
    return named(" ".join(" ".join(words) for words in no), language, codes)


def is_nothing(text: str, language: str) -> bool:
    """Say whether a text tells only that there is nothing: "en oo ollut missään yhdistyksessä"."""
    signs = load_competences().signs[language]
    clauses = [
        words for part in _SENTENCE_ENDS.split(text) for words in _all_clauses(part, signs) if words
    ]
    no = [words for words in clauses if _has(words, signs.denials)]
    return bool(no) and all(_adds_nothing(words, words in no, signs) for words in clauses)


def command(text: str, language: str) -> str | None:
    """Return what a whole message asks for: `enough`, `next`, `none`, `all`, `some` or None."""
    words = words_of(text)
    for name, phrases in load_competences().signs[language].commands.items():
        if any(len(phrase) == len(words) and find(phrase, words) == 0 for phrase in phrases):
            return name
    return None


def _told(text: str, language: str) -> Iterator[str]:
    table = load_competences()
    signs = table.signs[language]
    sentences = [_own_words(part, signs) for part in _SENTENCE_ENDS.split(text)]
    said = [Said(words, signs.compounds) for words in sentences if words]
    for entry in table.entries.values():
        evidence = entry.evidence[language]
        if any(sentence.tells(item) for sentence in said for item in evidence):
            yield entry.code


def _own_words(sentence: str, signs: Signs) -> tuple[str, ...]:
    """Return the words of the clauses in which somebody tells what they do themselves."""
    kept: tuple[str, ...] = ()
    for words in _all_clauses(sentence, signs):
        if not (_is_negated(words, signs) or _has(words, signs.wishes, signs.others)):
            kept = (*kept, *words, *_BREAK)
    return kept


def _all_clauses(sentence: str, signs: Signs) -> Iterator[tuple[str, ...]]:
    for part in _CLAUSE_ENDS.split(sentence):
        words = words_of(part)
        while (turn := _first_turn(words, signs)) is not None:
            start, end = turn
            yield words[:start]
            words = words[end:]
        yield words


def _first_turn(words: tuple[str, ...], signs: Signs) -> tuple[int, int] | None:
    found = ((find(phrase, words), len(phrase)) for phrase in signs.turns)
    places = [(start, start + length) for start, length in found if start is not None]
    return min(places, default=None)


def _is_negated(words: tuple[str, ...], signs: Signs) -> bool:
    begins = any(find(phrase, words[: len(phrase)]) == 0 for phrase in signs.starts)
    return begins or _has(words, signs.negations)


def _adds_nothing(words: tuple[str, ...], is_denied: bool, signs: Signs) -> bool:
    if all(any(phrase[0].fits(word) for phrase in signs.fillers) for word in words):
        return True
    said = Said(words)
    return is_denied and any(said.tells(item) for item in signs.nothing)


def _has(words: tuple[str, ...], *lists: tuple[Phrase, ...]) -> bool:
    return any(find(phrase, words) is not None for phrases in lists for phrase in phrases)


def _is_implied(entry: Entry, fields: list[str]) -> bool:
    return any(field.startswith(code) for code in entry.implied_by for field in fields)


def _is_named(entry: Entry, language: str, words: tuple[str, ...]) -> bool:
    # One word of several is enough here: only a few competences are in question.
    phrases = (phrase for item in entry.evidence[language] for phrase in item)
    return any(find(phrase, words) is not None for phrase in phrases)
