from __future__ import annotations

import numpy as np
import pytest

from catalog.index.fusion import ALONE_WEIGHT, WORDS_WEIGHT, fuse

NOTHING = (np.array([], dtype=int), np.array([]))
ALL = np.arange(3)


def test_words_count_by_their_share_of_the_best():
    assert fuse(np.array([4.0, 2, 0]), NOTHING, ALL) == pytest.approx(
        [WORDS_WEIGHT, WORDS_WEIGHT / 2, 0]
    )


def test_meaning_is_added_where_it_is_known():
    fused = fuse(np.array([0.0, 2, 0]), (np.array([0, 1]), np.array([3.5, -1])), ALL)
    assert fused == pytest.approx([3.5, WORDS_WEIGHT - 1, 0])


def test_without_words_meaning_decides():
    fused = fuse(np.zeros(3), (np.array([2]), np.array([2.5])), ALL)
    assert list(fused) == [0, 0, 2.5]


def test_words_speak_for_an_option_of_unknown_meaning():
    fused = fuse(np.array([4.0, 4, 2]), (np.array([1]), np.array([0.5])), np.array([1]))
    whole = WORDS_WEIGHT + ALONE_WEIGHT
    assert fused == pytest.approx([whole, WORDS_WEIGHT + 0.5, whole / 2])
