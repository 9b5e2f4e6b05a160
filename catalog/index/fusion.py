"""One order from two: by words and by meaning."""

from __future__ import annotations

import numpy as np

from catalog.index.columns import Array

# How soon the weight of a rank falls: reciprocal rank fusion.
SLOWNESS = 60
TEXT_WEIGHT = 1.0
MEANING_WEIGHT = 1.0
# What comes later in either order is told apart by its score in that order alone.
RANKED = 2000


def fuse(text: tuple[Array, Array], meaning: tuple[Array, Array], count: int) -> Array:
    """Return a score for each of `count` options, 0 for those in neither order.

    Each order is of rows and their scores; equal scores stand in the order of rows.
    """
    fused = np.zeros(count, dtype=np.float64)
    for (rows, scores), weight in ((text, TEXT_WEIGHT), (meaning, MEANING_WEIGHT)):
        fused[rows] += weight * _by_rank(rows, scores)
    return fused


def _by_rank(rows: Array, scores: Array) -> Array:
    if not len(rows):
        return np.zeros(0)
    first = np.arange(len(rows))
    if len(rows) > RANKED:
        first = np.flatnonzero(scores >= np.partition(scores, len(scores) - RANKED)[-RANKED])
    order = first[np.lexsort((rows[first], -scores[first]))][:RANKED]
    last = 1 / (SLOWNESS + len(order) + 1)
    # Positive, so that the last of all is found as well.
    values: Array = last * (0.5 + scores / (2 * max(float(scores.max()), 1e-9)))
    values[order] = 1 / (SLOWNESS + 1 + np.arange(len(order)))
    return values
