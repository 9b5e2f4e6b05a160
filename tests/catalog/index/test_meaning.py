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
    centre = meaning._centre(levels, steps)
    directions = meaning._directions(levels, steps, centre)
    lengths, coarse = meaning._shortened(levels, steps, centre, directions)
    return Meanings(np.arange(len(vectors)), levels, steps, centre, lengths, directions, coarse)


def direction(vector, vectors):
    """Return where a vector lies from the middle of all."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    away = vector / np.linalg.norm(vector) - unit.mean(axis=0)
    return (away / np.linalg.norm(away)).astype(np.float32)


@pytest.mark.parametrize("few", [10, 10_000])
def test_the_nearest_are_those_with_the_highest_cosines(monkeypatch, vectors, few):
    monkeypatch.setattr(meaning, "FEW", few)
    monkeypatch.setattr(meaning, "COMPARED", 100)
    asked = direction(vectors[7], vectors)
    cosines = np.array([direction(vector, vectors) @ asked for vector in vectors])
    rows, near = meanings_of(vectors).nearest(asked, np.ones(600, dtype=bool), 20)
    assert set(np.argsort(-cosines)[:15]) <= set(rows)
    assert list(rows) == sorted(rows)
    deviations = (cosines - cosines.mean()) / cosines.std()
    assert near == pytest.approx(deviations[rows], abs=0.1)


@pytest.mark.parametrize("few", [10, 10_000])
def test_only_those_allowed_are_near(monkeypatch, vectors, few):
    monkeypatch.setattr(meaning, "FEW", few)
    monkeypatch.setattr(meaning, "COMPARED", 100)
    allowed = np.zeros(600, dtype=bool)
    allowed[100:150] = True
    rows, _ = meanings_of(vectors).nearest(direction(vectors[7], vectors), allowed, 20)
    assert len(rows) == 20
    assert allowed[rows].all()


def test_rows_asked_for_besides_are_measured_too(vectors):
    nobody = np.zeros(600, dtype=bool)
    rows, near = meanings_of(vectors).nearest(
        direction(vectors[7], vectors), nobody, 20, also=np.array([3, 7])
    )
    assert list(rows) == [3, 7]
    assert near[1] > near[0]


def test_a_catalogue_without_vectors_has_nothing_near():
    empty = meanings_of(np.zeros((0, DIMENSIONS), dtype=np.float32))
    rows, near = empty.nearest(np.ones(DIMENSIONS, dtype=np.float32), np.zeros(5, dtype=bool), 20)
    assert len(rows) == len(near) == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en", "uk"])
def test_what_all_questions_share_is_taken_out(language):
    shared = meaning._typical_questions()
    typical = shared.get(language, np.mean(list(shared.values()), axis=0))
    own = np.zeros(DIMENSIONS, dtype=np.float32)
    own[5] = 1
    assert meaning.about(typical + own, language) == pytest.approx(own, abs=1e-5)
