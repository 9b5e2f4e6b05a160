"""How easily a text reads: lengths of sentences, long words, and LIX, in any of our languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opastin.texts import LANGUAGES
from opastin.written import EASY, Written

# A word is long from so many letters on; LIX has it so for every language.
LONG_WORD = 7
_FILLED_IN = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[^\W_]+(?:[-’'.:][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")


@dataclass(frozen=True)
class Readability:
    """The figures of one text, or of several taken together."""

    words: int
    sentences: int
    long_words: int
    longest_sentence: int

    @property
    def words_in_sentence(self) -> float:
        """Return the mean length of a sentence in words."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        """Return LIX (Björnsson 1968): words in a sentence and long words in a hundred."""
        share = self.long_words / self.words if self.words else 0.0
        return self.words_in_sentence + 100 * share


def measure(text: str) -> Readability:
    """Return the figures of a text; what is filled in counts as one short word."""
    parts = [_words(part) for part in _SENTENCE_END.split(_FILLED_IN.sub("x", text))]
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    return Readability(
        words=len(words),
        sentences=len(sentences),
        long_words=sum(len(word) >= LONG_WORD for word in words),
        longest_sentence=max(map(len, sentences), default=0),
    )


def together(figures: Iterable[Readability]) -> Readability:
    """Return the figures of several texts read one after the other."""
    every = list(figures)
    return Readability(
        words=sum(one.words for one in every),
        sentences=sum(one.sentences for one in every),
        long_words=sum(one.long_words for one in every),
        longest_sentence=max((one.longest_sentence for one in every), default=0),
    )


def by_kind(texts: Sequence[Written]) -> dict[str, Readability]:
    """Return the figures of each language and of its easy language; labels do not count."""
    kinds: dict[str, list[Readability]] = {}
    for one in texts:
        if not one.is_label:
            kind = f"{one.language}{EASY}" if one.is_easy else one.language
            kinds.setdefault(kind, []).append(measure(one.text))
    names = [f"{language}{easy}" for language in LANGUAGES for easy in ("", EASY)]
    return {name: together(kinds[name]) for name in names if name in kinds}


def as_json(figures: Readability) -> dict[str, Any]:
    """Return the figures ready for JSON."""
    return {
        "words": figures.words,
        "sentences": figures.sentences,
        "words_in_sentence": round(figures.words_in_sentence, 1),
        "longest_sentence": figures.longest_sentence,
        "lix": round(figures.lix, 1),
    }


def as_table(kinds: dict[str, Readability]) -> str:
    """Return the figures as a Markdown table."""
    rows = [
        "| texts | words | words in a sentence | longest sentence | LIX |",
        "|---|---|---|---|---|",
    ]
    for kind, one in kinds.items():
        cells = (kind, one.words, f"{one.words_in_sentence:.1f}", one.longest_sentence)
        rows.append("| " + " | ".join(map(str, cells)) + f" | {one.lix:.0f} |")
    return "\n".join(rows)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
