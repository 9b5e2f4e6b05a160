"""How well options fit the words of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

import numpy as np

from catalog.index.columns import Array
from catalog.index.parts import roots
from catalog.index.terms import split_words, stems

STOP_WORDS = Path(__file__).parents[1] / "data" / "stop_words.txt"

# Titles tell what an option is, keywords what else it is found by; the rest mentions much.
ZONE_WEIGHTS = np.array([8.0, 4.0, 1.0], dtype=np.float32)
# A word found by the parts of its compound says less than the word itself.
PART_WEIGHT = 0.6
# A word that begins as the one asked for, where that one is nowhere.
GUESS_WEIGHT = 0.5
# What stands in a tenth of the catalogue or more selects nothing where rarer words do.
COMMON = 0.1
# In a small catalogue a tenth is soon reached.
FEW = 50
LONGEST_QUESTION = 20
# A longer word is asked for by its beginning; there is hardly one in any language.
LONGEST_WORD = 60

_SHORTEST_GUESS = 4
_SHORTEST_STEM = 0.6


@dataclass(frozen=True)
class Posting:
    """The options that have a term, as rows in order, and the weight of where they have it."""

    rows: Array
    weights: Array


# Finds the options with a term, or with one that begins so.
Find = Callable[[str, bool], Posting]


@dataclass(frozen=True)
class TextMatch:
    """The score of every option, and which are found: 0 and False where no word stands."""

    scores: Array
    found: Array


@dataclass(frozen=True)
class _Word:
    scores: Array
    found: Array
    number: int


def match_text(question: str, find: Find, count: int) -> TextMatch | None:
    """Score `count` options by the words of a question; None where nothing is asked.

    Options with all words are found; where there are none, those with any.
    """
    if not question.strip():
        return None
    scored = [_word(word, find, count) for word in telling_words(question)]
    words = [word for word in scored if word is not None]
    if not words:
        nothing = np.zeros(count, dtype=np.float32)
        return TextMatch(nothing, np.zeros(count, dtype=np.bool_))
    rare = [word for word in words if word.number < max(FEW, COMMON * count)]
    selecting = rare or words
    found = np.logical_and.reduce([word.found for word in selecting])
    if not found.any():
        found = np.logical_or.reduce([word.found for word in selecting])
    scores: Array = np.add.reduce([word.scores for word in words])
    return TextMatch(scores, found)


def telling_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that say what is asked for; all, if none is left."""
    words = dict.fromkeys(word[:LONGEST_WORD] for word in split_words(question))
    asked = tuple(words)[:LONGEST_QUESTION]
    return tuple(word for word in asked if word not in _stop_words()) or asked


def _word(word: str, find: Find, count: int) -> _Word | None:
    """Score the options that have a word in any inflection, or all parts of it."""
    whole = _merged([find(stem, False) for stem in stems(word)])
    parts = [part for part in (find(root, False) for root in roots(word)) if len(part.rows)]
    if not len(whole.rows) and not parts:
        whole = _guessed(word, find)
        if not len(whole.rows):
            return None
    scores = np.zeros(count, dtype=np.float32)
    found = np.zeros(count, dtype=np.bool_)
    if parts:
        have = np.zeros(count, dtype=np.uint8)
        for part in parts:
            weight = PART_WEIGHT * _rarity(len(part.rows), count) / len(parts)
            scores[part.rows] += np.float32(weight) * part.weights
            have[part.rows] += 1
        found = have == len(parts)
    scores[whole.rows] = np.maximum(
        scores[whole.rows], np.float32(_rarity(len(whole.rows), count)) * whole.weights
    )
    found[whole.rows] = True
    return _Word(scores, found, int(np.count_nonzero(found)))


def _guessed(word: str, find: Find) -> Posting:
    """Return what begins as the word does, down to a part of it: its end may be misspelt."""
    for length in _lengths(word):
        posting = find(word[:length], True)
        if len(posting.rows):
            return Posting(posting.rows, posting.weights * np.float32(GUESS_WEIGHT))
    return _NOTHING


def _lengths(word: str) -> Iterator[int]:
    shortest = max(_SHORTEST_GUESS, round(len(word) * _SHORTEST_STEM))
    return iter(range(len(word), shortest - 1, -1))


def _rarity(number: int, count: int) -> float:
    return log(1 + (count - number + 0.5) / (number + 0.5))


def _merged(postings: Sequence[Posting]) -> Posting:
    filled = [posting for posting in postings if len(posting.rows)]
    if len(filled) < 2:
        return filled[0] if filled else _NOTHING
    return best_of_each(
        np.concatenate([posting.rows for posting in filled]),
        np.concatenate([posting.weights for posting in filled]),
    )


def best_of_each(rows: Array, weights: Array) -> Posting:
    """Return every row once, in order, with its highest weight."""
    order = np.lexsort((-weights, rows))
    rows = rows[order]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = rows[1:] != rows[:-1]
    return Posting(rows[first], weights[order][first])


_NOTHING = Posting(np.array([], dtype=np.int32), np.array([], dtype=np.float32))


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(STOP_WORDS.read_text(encoding="utf-8").split())
