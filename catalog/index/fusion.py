"""One score from two: by words and by meaning."""

from __future__ import annotations

import numpy as np

from catalog.index.columns import Array

# A title with all the words weighs as much as so many standard deviations of meaning: chosen on
# cases apart from those that are measured (docs/reference/catalog-search.md).
WORDS_WEIGHT = 1.5


def fuse(words: Array, meaning: tuple[Array, Array]) -> Array:
    """Return a score for each option: by words, 0 and more, and by meaning, where that is known.

    `words` has a number for every option, `meaning` rows and the deviations of
    `Meanings.nearest`; an option without a vector counts as the average one.
    """
    best = float(words.max(initial=0.0))
    fused = words * np.float32(WORDS_WEIGHT / best) if best > 0 else words.copy()
    rows, deviations = meaning
    fused[rows] += deviations.astype(np.float32)
    return fused
