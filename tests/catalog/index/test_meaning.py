from __future__ import annotations

import numpy as np
import pytest

from catalog.index import meaning
from catalog.index.meaning import DIMENSIONS, Meanings, pack_vector


@pytest.fixture
def vectors():
    """Vectors that differ in a few directions, as those of sentences do."""
    random = np.random.default_rng(1)
    spread = random.standard_normal((40, DIMENSIONS))
    return (random.standard_normal((600, 40)) @ spread + 30).astype(np.float32)


def meanings_of(vectors):
    size = DIMENSIONS + 4
    packed = np.frombuffer(b"".join(map(pack_vector, vectors)), np.uint8).reshape(-1, size)
    steps = packed[:, :4].copy().view(np.float32)[:, 0]
    levels = packed[:, 4:].copy().view(np.int8)
    directions = meaning._directions(levels, steps)
    coarse = meaning._shortened(levels, steps, directions)
    return Meanings(np.arange(len(vectors)), levels, steps, directions, coarse)


@pytest.mark.parametrize("few", [10, 10_000])
def test_the_nearest_are_those_with_the_highest_cosines(monkeypatch, vectors, few):
    monkeypatch.setattr(meaning, "FEW", few)
    monkeypatch.setattr(meaning, "COMPARED", 100)
    asked = vectors[7] / np.linalg.norm(vectors[7])
    cosines = vectors @ asked / np.linalg.norm(vectors, axis=1)
    rows, near = meanings_of(vectors).nearest(asked, np.ones(600, dtype=bool), 20)
    assert set(np.argsort(-cosines)[:15]) <= set(rows)
    assert list(rows) == sorted(rows)
    assert near.max() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("few", [10, 10_000])
def test_only_those_allowed_are_near(monkeypatch, vectors, few):
    monkeypatch.setattr(meaning, "FEW", few)
    monkeypatch.setattr(meaning, "COMPARED", 100)
    allowed = np.zeros(600, dtype=bool)
    allowed[100:150] = True
    rows, _ = meanings_of(vectors).nearest(vectors[7], allowed, 20)
    assert len(rows) == 20
    assert allowed[rows].all()
