"""Everyday English words with a slip or in shorthand: "marketting", "socal media", "wkends"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rapidfuzz.distance import OSA

from bot.nlu.lexicon import PHRASE_FILES, Phrases, load_table
from bot.nlu.patterns import spelled_out
from bot.nlu.place_names import PlaceNames
from bot.nlu.reading import Reading, Token, fold

LANGUAGE = "en"
# In a shorter word only two letters that have changed places are a slip: "wrok".
_SHORTEST = 6
_SHORTEST_SWAPPED = 4
# From this length on, any one letter may be wrong; before that only one that sounds alike.
_SHORTEST_CHANGED = 8
_ALIKE = frozenset(map(frozenset, ("cs", "ck", "sz", "ie", "ae", "ao", "yi", "ou", "ea", "uo")))
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "r", "n", "t", "y")


class Misspellings:
    """Finds the one English word that a word unknown to all lists is a slip away from."""

    def __init__(
        self,
        words: Iterable[str],
        *,
        right: Iterable[str] = (),
        shorthand: Mapping[str, str] | None = None,
        names: PlaceNames | None = None,
    ) -> None:
        """Take the words to find, others that are spelled right, shorthand and names of places."""
        self._words = {word for word in words if len(word) >= _SHORTEST_SWAPPED and word.isascii()}
        self._right = self._words | set(right)
        self._shorthand = dict(shorthand or {})
        self._names = names
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._words):
            self._by_shape.setdefault((word[0], len(word)), []).append(word)

    @classmethod
    def of_lookups(cls, names: PlaceNames) -> Misspellings:
        """Return the slips of all English words of the lookups."""
        table, telltale = load_table("spelling"), load_table("telltale")["telltale"]
        return cls(
            set(_english_words()),
            right={*table["spelled_right"].split(), *telltale[LANGUAGE].split()},
            shorthand={short: word for word, all_ in table["shorthand"].items() for short in all_},
            names=names,
        )

    def mend(self, phrases: Phrases) -> Reading | None:
        """Return the reading with its words put right; None if there is nothing to mend."""
        tokens = list(phrases.reading.tokens)
        for place, token in enumerate(tokens):
            if token.kind != "word" or phrases.knows(place, but=()):
                continue
            mended = self._shorthand.get(token.word) or self._without_slip(token)
            if mended is not None:
                tokens[place] = replace(token, word=mended, dotless=mended)
        before = list(phrases.reading.tokens)
        return Reading(phrases.reading.text, tuple(tokens)) if tokens != before else None

    def _without_slip(self, token: Token) -> str | None:
        if token.capital and token.start > 0:
            return None
        names = self._names
        if names is not None and (names.exact(token.word) or names.with_slip(token.word)):
            return None
        return self.mended(token.word)

    def mended(self, word: str) -> str | None:
        """Return the word meant, or None if `word` is right or may be several.

        >>> Misspellings(["marketing"]).mended("marketting")
        'marketing'
        """
        if not word.isascii() or self._is_right(word):
            return None
        near = {
            right
            for length in range(len(word) - 1, len(word) + 2)
            for right in self._by_shape.get((word[0], length), ())
            if OSA.distance(word, right, score_cutoff=1) == 1 and _is_slip(word, right)
        }
        return near.pop() if len(near) == 1 else None

    def _is_right(self, word: str) -> bool:
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return word in self._right or any(
            stem in self._right or f"{stem}e" in self._right for stem in stems
        )


def _is_slip(word: str, right: str) -> bool:
    if len(word) != len(right):
        return len(right) >= _SHORTEST
    unlike = [place for place in range(len(word)) if word[place] != right[place]]
    if len(unlike) > 1:
        return True
    letters = frozenset((word[unlike[0]], right[unlike[0]]))
    return len(right) >= _SHORTEST_CHANGED or (len(right) >= _SHORTEST and letters in _ALIKE)


def _english_words() -> Iterable[str]:
    for name in PHRASE_FILES:
        for values in load_table(name).values():
            for entry in values.values():
                for pattern in entry.get(LANGUAGE) or ():
                    for phrase in spelled_out(str(pattern)):
                        for word in phrase.removeprefix("=").split():
                            yield fold(word.strip("*~"))
