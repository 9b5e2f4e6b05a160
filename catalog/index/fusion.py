"""One score from two: by words and by meaning."""

from __future__ import annotations

import numpy as np

from catalog.index.columns import Array

# A title with all the words weighs as much as so many standard deviations of meaning: chosen on
# cases apart from those that are measured (docs/reference/catalog-search.md).
WORDS_WEIGHT = 1.5
# And so much more where nothing is known of the meaning: words then speak for it.
ALONE_WEIGHT = 3.0


def fuse(words: Array, meaning: tuple[Array, Array], known: Array) -> Array:
    """Return a score for each option: by words, 0 and more, and by meaning, where that is known.

    `words` has a number for every option, `meaning` rows and the deviations of
    `Meanings.nearest`, `known` the rows of all options that have a vector.
    """
    best = float(words.max(initial=0.0))
    share = words / np.float32(best) if best > 0 else words
    fused: Array = share * np.float32(WORDS_WEIGHT + ALONE_WEIGHT)
    fused[known] = share[known] * np.float32(WORDS_WEIGHT)
    rows, deviations = meaning
    fused[rows] += deviations.astype(np.float32)
    return fused
