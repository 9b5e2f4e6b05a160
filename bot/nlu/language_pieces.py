"""How often pieces of words occur in each language's training messages, which say it in our words.

lingua knows the languages at large, and with small models short words least of all; these few
numbers know how people write here: spoken forms, dialect and the words of studying.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
import yaml

from opastin.settings import ROOT
from opastin.texts import LANGUAGES

TRAINING_DATA = ROOT / "bot" / "data" / "nlu"

LONGEST = 4
# How often everything is taken to have been seen more than it was.
UNSEEN = 0.3
# Pieces overlap, so that each letter counts so many times over.
OVERLAP = 8.0

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNWORDED = re.compile(r"\[[a-z ]+\]|https?://\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class LanguagePieces:
    """The logarithm of how common each piece is in each language, by the piece's checksum."""

    keys: npt.NDArray[np.uint32]
    logarithms: npt.NDArray[np.float32]

    @classmethod
    def count(cls, words: Mapping[str, Counter[str]]) -> LanguagePieces:
        """Count the pieces of the words of every language, each as often as it was written."""
        counts = []
        for language in LANGUAGES:
            counted: Counter[int] = Counter()
            for word, times in words[language].items():
                for key in _keys(word):
                    counted[key] += times
            counts.append(counted)
        keys = sorted(set().union(*counts))
        table = np.array([[counted[key] for counted in counts] for key in keys], dtype=np.float32)
        # As if as much had been written in each language.
        totals = table.sum(axis=0)
        table *= totals.mean() / np.maximum(totals, 1)
        return cls(np.array(keys, dtype=np.uint32), np.log(table + np.float32(UNSEEN)))

    def evidence(self, words: Iterable[str]) -> dict[str, float]:
        """Return how much speaks for each language; nothing where no piece was ever seen."""
        wanted = np.array([key for word in words for key in _keys(word)], dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        places = places[self.keys[places] == wanted]
        if not len(places):
            return {}
        sums = self.logarithms[places].sum(axis=0) / OVERLAP
        return dict(zip(LANGUAGES, sums.tolist(), strict=True))


def split_words(text: str) -> list[str]:
    """Return the words of `text` in small letters, without addresses and placeholders."""
    return _WORD.findall(_UNWORDED.sub(" ", text).casefold())


@lru_cache(maxsize=1)
def load_language_pieces(folder: Path = TRAINING_DATA) -> LanguagePieces:
    """Return the pieces of this project's training messages, which takes a third of a second."""
    words: dict[str, Counter[str]] = {}
    for language in LANGUAGES:
        words[language] = Counter()
        for path in sorted((folder / language).glob("*.yml")):
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
            for item in content["nlu"]:
                words[language].update(split_words(item["examples"]))
    return LanguagePieces.count(words)


def _keys(word: str) -> Iterator[int]:
    """Yield the checksums of the word, its letters and its pieces up to its edges."""
    framed = f" {word} "
    yield crc32(f"w{word}".encode())
    for letter in word:
        yield crc32(letter.encode())
    for length in range(2, LONGEST + 1):
        for start in range(len(framed) - length + 1):
            yield crc32(framed[start : start + length].encode())
