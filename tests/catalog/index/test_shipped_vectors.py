from __future__ import annotations

import numpy as np
import pytest

from catalog.index.meaning import DIMENSIONS, pack_vector
from catalog.index.shipped_vectors import DIGEST_BYTES, read_shipped, write_shipped

VECTORS = {
    bytes([number] * DIGEST_BYTES): pack_vector(np.arange(DIMENSIONS) - float(number))
    for number in (7, 3)
}


def test_vectors_are_read_as_they_were_written(tmp_path):
    write_shipped(tmp_path / "some.npz", VECTORS)
    write_shipped(tmp_path / "none.npz", {})
    assert read_shipped(tmp_path / "some.npz") == VECTORS
    assert read_shipped(tmp_path / "none.npz") == {}


def test_the_same_vectors_make_the_same_file(tmp_path):
    write_shipped(tmp_path / "one.npz", VECTORS)
    write_shipped(tmp_path / "other.npz", dict(reversed(VECTORS.items())))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()


def broken_in_the_middle(whole):
    return whole[: len(whole) // 2] + b"\x00" * 9 + whole[len(whole) // 2 + 9 :]


SPOILT = [lambda whole: b"", lambda whole: b"PK", lambda whole: whole[:300], broken_in_the_middle]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_missing_or_broken_file_holds_nothing(tmp_path, spoil):
    path = tmp_path / "vectors.npz"
    assert read_shipped(path) == {}
    write_shipped(path, VECTORS)
    path.write_bytes(spoil(path.read_bytes()))
    assert read_shipped(path) == {}


def test_vectors_of_another_length_are_not_taken(tmp_path):
    path = tmp_path / "vectors.npz"
    np.savez(path, digests=np.zeros((2, DIGEST_BYTES)), vectors=np.zeros((2, 9)))
    assert read_shipped(path) == {}
