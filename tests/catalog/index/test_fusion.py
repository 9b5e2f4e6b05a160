from __future__ import annotations

import numpy as np
import pytest

from catalog.index import fusion
from catalog.index.fusion import fuse

NOTHING = (np.array([], dtype=int), np.array([]))


def order(*scores):
    return np.arange(len(scores)), np.array(scores, dtype=np.float32)


def test_ranks_are_added_up():
    fused = fuse(order(3, 2, 1), (np.array([2]), np.array([0.9])), 4)
    assert fused == pytest.approx([1 / 61, 1 / 62, 1 / 63 + 1 / 61, 0])


def test_equals_stand_in_the_order_of_rows():
    fused = fuse(order(1, 1, 1), NOTHING, 3)
    assert fused[0] > fused[1] > fused[2] > 0


def test_what_is_too_far_down_to_be_ranked_keeps_its_order(monkeypatch):
    monkeypatch.setattr(fusion, "RANKED", 2)
    fused = fuse(order(1, 4, 2, 3), NOTHING, 4)
    assert list(np.argsort(-fused)) == [1, 3, 2, 0]
    assert (fused > 0).all()
