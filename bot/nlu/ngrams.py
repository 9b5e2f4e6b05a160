"""Words and pieces of words as counts in a fixed number of places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.nlu.reading import without_dots

# A power of two, large enough that the pieces of 11,000 short messages seldom share a place.
PLACES = 2**15
SHORTEST, LONGEST = 2, 5

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_DIGITS = re.compile(r"\d")

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]


def count_pieces(text: str) -> Counts:
    """Return the places that the pieces of `text` take, rising, and their weights of unit length.

    Digits count as one: which number was said is for the slots to know.
    """
    pieces = Counter(crc32(piece.encode("utf-8")) % PLACES for piece in split_pieces(text))
    places = np.array(sorted(pieces), dtype=np.int64)
    weights = np.log1p(np.array([pieces[place] for place in places.tolist()], dtype=np.float32))
    length = float(np.sqrt((weights**2).sum()))
    return places, weights / length if length else weights


def split_pieces(text: str) -> Iterator[str]:
    """Yield the words, pairs of words and pieces inside words of `text`.

    Dots over letters do not count: many type without them.
    """
    words = _WORD.findall(_DIGITS.sub("0", without_dots(text.casefold())))
    yield from (f"w {word}" for word in words)
    yield from (f"p {first} {second}" for first, second in pairwise(words))
    for word in words:
        framed = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(len(framed) - length + 1):
                yield framed[start : start + length]
