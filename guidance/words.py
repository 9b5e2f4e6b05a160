"""Whether a learner's own words and an option's texts speak of the same thing."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from catalog.search import Candidate

# Finnish inflects at the end of a word, so words are compared by their beginnings.
STEM_LENGTH = 5
SHORT_WORD = 4

# Words that every wish has, whatever it is about.
COMMON_WORDS = Path(__file__).parent / "data" / "common_words.txt"


def matches_interest(interest: str | None, candidate: Candidate) -> bool:
    """Say whether any telling word of `interest` stands in the option's title or keywords."""
    if not interest:
        return False
    stems = _stems(interest)
    if not stems:
        return False
    words = " ".join((*candidate.titles.values(), *candidate.keywords)).casefold()
    return any(_contains(stem, words) for stem in stems)


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return frozenset(word[:STEM_LENGTH] for word in words if word not in _common_words())


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(COMMON_WORDS.read_text(encoding="utf-8").split())


def _contains(stem: str, words: str) -> bool:
    # A short stem such as "it" or "sote" must be a word's beginning; a long one may stand in the
    # middle of a compound ("hoitoala", "vanhustyöhoito").
    if len(stem) <= SHORT_WORD:
        return re.search(rf"\b{re.escape(stem)}", words) is not None
    return stem in words
