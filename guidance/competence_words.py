"""Words that tell of a competence: beginnings of words, words in a row, words in one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# No word of the list is longer, and what people paste may be one word of 2,000 letters.
LONGEST = 40
# Stands for a word that tells nothing.
HIDDEN = ","
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Pattern:
    """A word, or the beginning of one."""

    text: str
    begins: bool

    def fits(self, word: str) -> bool:
        """Say whether a folded word is this one or begins with it."""
        return word.startswith(self.text) if self.begins else word == self.text


# Words in a row; and such phrases that all have to be there, in any order.
Phrase = tuple[Pattern, ...]
Evidence = tuple[Phrase, ...]


class Said:
    """The words of a sentence, with their beginnings, so that much evidence is soon tried."""

    def __init__(self, words: tuple[str, ...], compounds: Iterable[Phrase] = ()) -> None:
        """Take the folded words of a sentence; within `compounds` only the last part counts."""
        self.words, shortest = _without_first_parts(words, compounds)
        self._whole = frozenset(self.words)
        self._beginnings = frozenset(
            word[:end]
            for word in self.words
            for end in range(shortest.get(word, 1), min(len(word), LONGEST) + 1)
        )

    def tells(self, evidence: Evidence) -> bool:
        """Say whether all parts of the evidence are in the sentence."""
        return all(self._has(phrase) for phrase in evidence)

    def _has(self, phrase: Phrase) -> bool:
        if not all(self._is_there(pattern) for pattern in phrase):
            return False
        return len(phrase) == 1 or find(phrase, self.words) is not None

    def _is_there(self, pattern: Pattern) -> bool:
        return pattern.text in (self._beginnings if pattern.begins else self._whole)


def read_evidence(text: str) -> Evidence:
    """Read evidence as data has it: `hoid* + laps*`, `ta hand om`."""
    return tuple(read_phrase(part) for part in text.split(" + "))


def read_phrase(text: str) -> Phrase:
    """Read words in a row; a star ends the beginning of a word.

    A star may follow a hyphen, so that every compound of the word is meant.
    """
    parts = folded(text).split()
    return tuple(Pattern(part.rstrip("*"), part.endswith("*")) for part in parts)


def folded(text: str) -> str:
    """Return the text in small letters without dots and apostrophes: "Äiti" becomes "aiti"."""
    parts = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.replace("'", "").replace("’", "")


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(_WORD.findall(folded(text)))


def _without_first_parts(
    words: tuple[str, ...], compounds: Iterable[Phrase]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the words without what only begins a compound, and how much of others counts."""
    shortest: dict[str, int] = {}
    for phrase in compounds:
        if len(phrase) == 1:
            shortest |= {word: len(phrase[0].text) for word in words if phrase[0].fits(word)}
        elif (start := find(phrase, words)) is not None:
            end = start + len(phrase) - 1
            words = (*words[:start], *(HIDDEN for _ in words[start:end]), *words[end:])
    return words, shortest


def find(phrase: Phrase, words: tuple[str, ...]) -> int | None:
    """Return where the phrase begins among the words, None when it is not there."""
    for start in range(len(words) - len(phrase) + 1):
        row = words[start : start + len(phrase)]
        if all(pattern.fits(word) for pattern, word in zip(phrase, row, strict=True)):
            return start
    return None
