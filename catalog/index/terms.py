"""The terms that texts and questions are compared by: stems of words, and parts of compounds."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from catalog.index.parts import roots
from catalog.models import LANGUAGES

# Part of the index's version: raise it when other terms come out of the same option.
VERSION = 2

_WORD = re.compile(r"[^\W_]+")
_ALGORITHMS = {"fi": "finnish", "sv": "swedish", "en": "english"}
# What longer strings without a space hold are addresses and noise.
_LONGEST = 60
_REMEMBERED = 300_000


def split_words(text: str) -> list[str]:
    """Return the words of a text, casefolded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def terms_of_text(text: str, language: str | None) -> frozenset[str]:
    """Return the terms to store for a text; one of no known language is read as all of them."""
    # What stands between spaces repeats so often that all the rest is done once for each.
    pieces = set(text.split())
    languages = (language,) if language in _ALGORITHMS else LANGUAGES
    found: set[str] = set()
    for known in languages:
        found.update(*map(_known_pieces(known).__getitem__, pieces))
    return frozenset(found)


@lru_cache(maxsize=50_000)
def terms_of_name(text: str, language: str | None = None) -> frozenset[str]:
    """Return the terms of a text that many options have: a keyword, a school, a place."""
    return terms_of_text(text, language)


def terms_of_texts(texts: Iterable[tuple[str, str]]) -> set[str]:
    """Return the terms of several texts, each with its language before it."""
    return set().union(*(terms_of_text(text, language) for language, text in texts if text))


def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a casefolded word in every language, each once."""
    return tuple(dict.fromkeys(_stem(word, language) for language in LANGUAGES))


class _Pieces(dict[str, tuple[str, ...]]):
    """The terms of pieces of text in one language, found out when first asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        words = [word for word in split_words(piece) if len(word) <= _LONGEST]
        found = [term for word in words for term in self._terms(word)]
        terms = self[piece] = tuple(dict.fromkeys(found))
        return terms

    def _terms(self, word: str) -> tuple[str, ...]:
        parts = () if self._language == "en" else roots(word)
        return (_stem(word, self._language), *parts)


_local = threading.local()


def _known_pieces(language: str) -> _Pieces:
    if not hasattr(_local, "pieces"):
        _local.pieces = {code: _Pieces(code) for code in LANGUAGES}
    pieces: _Pieces = _local.pieces[language]
    return pieces


def _stem(word: str, language: str) -> str:
    # A stemmer keeps a buffer of its own and is not for two threads at once.
    if not hasattr(_local, "stemmers"):
        _local.stemmers = {code: Stemmer.Stemmer(name, 0) for code, name in _ALGORITHMS.items()}
    return str(_local.stemmers[language].stemWord(word)) or word
