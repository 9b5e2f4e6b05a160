"""Put what is alike together, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coaching.search_terms import split

# Sentence vectors of other subjects lie nearer than 0.9, too; from here on it is the same subject.
ALIKE = 0.93


def group(
    texts: Sequence[str], kinds: Sequence[str], vectors: Any | None = None, *, alike: float = ALIKE
) -> list[list[int]]:
    """Return groups of places in `texts`, each in the order of its first; kinds do not mix.

    `vectors` has a row for each text. Without them only texts of the same words are alike.
    """
    groups: list[list[int]] = []
    nearness = None if vectors is None else _nearness(vectors)
    words = [frozenset(split(text)) for text in texts]
    for place in range(len(texts)):
        for members in groups:
            first = members[0]
            if kinds[first] != kinds[place]:
                continue
            is_alike = nearness is not None and nearness[first, place] >= alike
            if is_alike or words[first] == words[place]:
                members.append(place)
                break
        else:
            groups.append([place])
    return groups


def _nearness(vectors: Any) -> Any:
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows / np.where(lengths == 0, 1, lengths)
    return rows @ rows.T
