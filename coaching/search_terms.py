"""The terms that transcripts are searched by: stems of words, marked by who said them."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_SEARCHED = re.compile(r"[^\W_]+\*?")
_ALGORITHMS = {"fi": "finnish", "sv": "swedish", "en": "english"}
# What longer strings without a space hold are addresses and noise.
_LONGEST = 60
_REMEMBERED = 100_000
# A shorter beginning of a word would find nearly everything, slowly.
_SHORTEST_BEGINNING = 3
_MOST_WORDS = 8
# Stems from this length on tell enough without their last letter.
_LONG = 6
# No word of a text has an underscore: these tell what a coach or the bot said, and intents.
_TOLD, _INTENT = "_", "__"


@dataclass(frozen=True)
class Wanted:
    """One thing that a transcript must hold: any of these terms, or what begins as told."""

    terms: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()

    def is_in(self, terms: Collection[str]) -> bool:
        """Say whether it is among the terms of a line."""
        if not set(self.terms).isdisjoint(terms):
            return True
        return bool(self.beginnings) and any(term.startswith(self.beginnings) for term in terms)


def said(text: str, language: str | None) -> set[str]:
    """Return the terms of what a person said; a text of no known language is read as all."""
    languages = (language,) if language in _ALGORITHMS else tuple(_ALGORITHMS)
    words = split(text)
    return {stem(word, known) for known in languages for word in words}


def told(text: str, language: str | None) -> set[str]:
    """Return the terms of what a person was told."""
    return {_TOLD + term for term in said(text, language)}


def intents(names: Iterable[str | None]) -> set[str]:
    """Return the terms of what messages were understood as."""
    return {_INTENT + name for name in names if name}


def wanted(words: str, *, only_person: bool = False) -> tuple[Wanted, ...]:
    """Return what must be found for each typed word; "hoito*" is the beginning of one.

    The stems of a long word may lack their last letter, which Finnish changes: Seinäjoki,
    Seinäjoella.

    >>> wanted("yö, seinäjoki", only_person=True)[0].terms
    ('yö',)
    >>> wanted("seinäjoki", only_person=True)[0].beginnings[0]
    'seinäjo'
    """
    marks = ("",) if only_person else ("", _TOLD)
    typed = _SEARCHED.findall(unicodedata.normalize("NFKC", words).casefold())
    found = []
    for word in dict.fromkeys(typed[:_MOST_WORDS]):
        bare = word.rstrip("*")[:_LONGEST]
        if word.endswith("*") and len(bare) >= _SHORTEST_BEGINNING:
            forms, beginnings = [], [bare]
        else:
            known = stems(bare)
            forms = [form for form in known if len(form) < _LONG]
            beginnings = list(dict.fromkeys(form[:-1] for form in known if len(form) >= _LONG))
        found.append(
            Wanted(
                tuple(mark + form for form in forms for mark in marks),
                tuple(mark + form for form in beginnings for mark in marks),
            )
        )
    return tuple(found)


def wanted_intent(name: str) -> Wanted:
    """Return what must be found for a message understood as an intent."""
    return Wanted((_INTENT + name,))


def split(text: str) -> list[str]:
    """Return the words of a text, casefolded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in _WORD.findall(folded) if len(word) <= _LONGEST]


def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a casefolded word in every language, each once."""
    return tuple(dict.fromkeys(stem(word, language) for language in _ALGORITHMS))


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str, language: str) -> str:
    """Return the stem of a casefolded word."""
    # A stemmer keeps a buffer of its own and is not for two threads at once.
    if not hasattr(_local, "stemmers"):
        _local.stemmers = {code: Stemmer.Stemmer(name, 0) for code, name in _ALGORITHMS.items()}
    return str(_local.stemmers[language].stemWord(word)) or word


_local = threading.local()
