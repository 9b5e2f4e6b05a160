"""How far a learner's own words and an option's texts speak of the same thing."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from catalog.search import Candidate

# Words that every wish has, whatever it is about.
COMMON_WORDS = Path(__file__).parent / "data" / "common_words.txt"
# Finnish and Swedish inflect at the end of a word and join words into compounds, so two words are
# taken for the same when they begin alike for this share of the shorter one.
SAME_BEGINNING = 0.7
SHORTEST_BEGINNING = 4


def names_degree(interest: str | None, candidate: Candidate) -> bool:
    """Say whether the learner's words name the degree that the option leads towards."""
    # English names are made of words that wishes are full of: social, health, business.
    names = (candidate.leads_to.get("fi"), candidate.leads_to.get("sv"))
    return _names_any(interest or "", tuple(name for name in names if name))


# A wish is held against the same degrees turn after turn.
@lru_cache(maxsize=4096)
def _names_any(interest: str, names: tuple[str, ...]) -> bool:
    return any(_alike(wish, word) for wish in telling_words(interest) for word in _words_of(names))


@lru_cache(maxsize=1024)
def telling_words(text: str) -> tuple[str, ...]:
    """Return the words that say what is wished, without those that every wish has."""
    return tuple(word for word in _split(text) if word not in _common_words())


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"[^\W\d_]{2,}", text.casefold())))


@lru_cache(maxsize=4096)
def _words_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    return _split(" ".join(texts))


@lru_cache(maxsize=65536)
def _alike(wish: str, word: str) -> bool:
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(wish, word, strict=False))))
    shorter = min(len(wish), len(word))
    if shorter < SHORTEST_BEGINNING:
        return wish == word
    return alike >= max(SHORTEST_BEGINNING, SAME_BEGINNING * shorter)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(COMMON_WORDS.read_text(encoding="utf-8").split())
