"""Occupations with a slip of the keyboard: "sairaanhoiaja", "närvådare"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.nlu.lexicon import LANGUAGES, Phrases
from bot.nlu.reading import Reading, fold, without_dots
from bot.nlu.subjects import load_entries

# A shorter word with a slip is too often another word: "konttorin" is no "kanttorin".
_SHORTEST = 7
_SHORTEST_CHANGED = 10
# So many letters of a shorter word are right: "kehittäjä" is no "keittäjä".
_RIGHT = 3
# Parts of words, which tell nothing of the whole.
_PARTS = ("workplace_field", "last_part", "card_part")


class Slips:
    """Finds the beginning of a word that one letter too many, too few or wrong has spoilt."""

    def __init__(self, beginnings: Iterable[str]) -> None:
        """Take the beginnings of words without dots: "sairaanhoitaj"."""
        self._beginnings = {word for word in beginnings if len(word) >= _SHORTEST}
        self._longest = max(map(len, self._beginnings), default=0)
        self._without_one: dict[str, str] = {}
        for word in sorted(self._beginnings):
            for shorter in _shortened(word):
                self._without_one.setdefault(shorter, word)

    @classmethod
    def of_titles(cls) -> Slips:
        """Return the slips of all qualifications and occupations of one word."""
        patterns = (
            str(pattern)
            for entry in load_entries().values()
            for language in LANGUAGES
            for pattern in entry.get(language) or ()
        )
        return cls(
            without_dots(fold(pattern[:-1]))
            for pattern in patterns
            if pattern.endswith("*") and pattern[:-1].isalpha()
        )

    def mend(self, phrases: Phrases) -> Reading | None:
        """Return the reading with its titles put right; None if there is nothing to mend."""
        reading = phrases.reading
        tokens = list(reading.tokens)
        for place, token in enumerate(tokens):
            if token.kind != "word" or len(token.word) < _SHORTEST - 1:
                continue
            apart = ("field", *_PARTS) if len(token.word) > _SHORTEST_CHANGED else _PARTS
            if phrases.knows(place, but=apart):
                continue
            mended = self.mended(without_dots(token.word))
            if mended is not None:
                tokens[place] = replace(token, word=mended, dotless=mended)
        return Reading(reading.text, tuple(tokens)) if tokens != list(reading.tokens) else None

    def mended(self, word: str) -> str | None:
        """Return `word` with its beginning put right, or None if it is none that is known.

        >>> Slips(["sairaanhoitaj"]).mended("sairaanhoiajana")
        'sairaanhoitajana'
        """
        for length in range(min(len(word), self._longest + 1), _SHORTEST - 2, -1):
            begin = word[:length]
            for right in self._candidates(begin):
                if right[0] == begin[0] and right[-1] == begin[-1] and _differ_by_one(begin, right):
                    return right + word[length:]
        return None

    def _candidates(self, begin: str) -> Iterator[str]:
        if begin in self._without_one:
            yield self._without_one[begin]
        for shorter in _shortened(begin):
            if shorter in self._beginnings:
                yield shorter
            elif shorter in self._without_one:
                yield self._without_one[shorter]


def _shortened(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _differ_by_one(one: str, other: str) -> bool:
    """Tell whether a letter is missing, added or changed, or two have changed places."""
    if len(one) != len(other):
        return len(one) >= _SHORTEST_CHANGED or one[:_RIGHT] == other[:_RIGHT]
    unlike = [place for place in range(len(one)) if one[place] != other[place]]
    if len(unlike) == 1:
        return len(one) >= _SHORTEST_CHANGED
    swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
    return swapped and one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]]
