"""The encoder's memory of texts and its file of training vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder import SentenceEncoder
from bot.nlu.vector_file import Vectors


class CountingModel:
    """Encodes a text as its length and first letter, and counts what it is asked."""

    name = "counting"
    dimensions = 2

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        rows = [(len(text), ord(text[0]) if text else 0) for text in texts]
        return np.array(rows, dtype=np.float32)


def test_rows_come_in_the_order_of_the_texts() -> None:
    encoder = SentenceEncoder(CountingModel())

    vectors = encoder.encode_all(["bb", "a", "bb"])

    assert vectors.tolist() == [[2, 98], [1, 97], [2, 98]]


def test_a_text_seen_before_is_not_encoded_again() -> None:
    model = CountingModel()
    encoder = SentenceEncoder(model)

    for text in ("moi", "  moi ", "hei", "moi"):
        encoder.encode(text)

    assert model.encoded == ["moi", "hei"]


def test_the_text_used_longest_ago_is_forgotten_first() -> None:
    model = CountingModel()
    encoder = SentenceEncoder(model, remembered=2)

    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.encode(text)

    assert model.encoded == ["a", "b", "c", "b"]


def test_no_texts_give_no_rows() -> None:
    assert SentenceEncoder(CountingModel()).encode_all([]).shape == (0, 2)


def test_the_file_spares_the_next_training_all_but_new_texts(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "vectors.npz"
    SentenceEncoder(CountingModel()).encode_with_file(["moi", "hei"], path)
    model = CountingModel()

    vectors = SentenceEncoder(model).encode_with_file(["hei", "terve", "moi"], path)

    assert model.encoded == ["terve"]
    assert np.allclose(vectors[:, 0], [3, 5, 3], atol=1)


def test_what_is_shipped_is_neither_encoded_nor_kept_again(tmp_path: Path) -> None:
    shipped, path = tmp_path / "shipped.npz", tmp_path / "kept.npz"
    SentenceEncoder(CountingModel()).encode_with_file(["moi", "hei"], shipped)
    model = CountingModel()

    SentenceEncoder(model).encode_with_file(["moi"], path, shipped=shipped)

    assert model.encoded == []
    assert not path.exists()


def test_training_is_the_same_with_and_without_the_file(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    fresh = SentenceEncoder(CountingModel()).encode_with_file(["moi", "a"], path)

    kept = SentenceEncoder(CountingModel()).encode_with_file(["moi", "a"], path)

    assert np.array_equal(fresh, kept)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"something else"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vectors.npz"
    path.write_bytes(content)

    SentenceEncoder(CountingModel()).encode_with_file(["moi"], path)

    model = CountingModel()
    SentenceEncoder(model).encode_with_file(["moi"], path)
    assert model.encoded == []


def test_a_file_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")

    vectors = SentenceEncoder(CountingModel()).encode_with_file(
        ["moi"], tmp_path / "cache" / "vectors.npz"
    )

    assert vectors.shape == (1, 2)
