"""A file of vectors: comes back nearly the same, and never breaks training."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.nlu.vector_file import hash_text, read_vectors, round_vectors, write_vectors


def test_vectors_come_back_as_rounded(tmp_path: Path) -> None:
    vectors = np.random.default_rng(0).normal(size=(5, 8)).astype(np.float32)
    write_vectors(tmp_path / "v.npz", dict(enumerate(vectors)))

    read = read_vectors(tmp_path / "v.npz", 8)

    rounded = round_vectors(vectors)
    assert all(np.array_equal(read[key], rounded[key]) for key in range(5))
    assert np.allclose(rounded, vectors, atol=np.abs(vectors).max() / 127)


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert not round_vectors(np.zeros((1, 4), dtype=np.float32)).any()


def test_vectors_of_another_length_are_not_used(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v.npz", {1: np.ones(8, dtype=np.float32)})

    assert read_vectors(tmp_path / "v.npz", 4) == {}


def test_the_key_tells_texts_and_encoders_apart() -> None:
    keys = {hash_text("one", "moi"), hash_text("one", "hei"), hash_text("two", "moi")}

    assert len(keys) == 3
