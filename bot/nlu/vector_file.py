"""Vectors of training texts in a file: by hash of the text, a byte for each number."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

LEVELS = 127

logger = logging.getLogger(__name__)


def hash_text(encoder: str, text: str) -> int:
    """Return the key of `text` as the encoder of that name sees it."""
    digest = hashlib.sha256(f"{encoder}\n{text}".encode()).digest()
    return int.from_bytes(digest[:8], "little")


def round_vectors(vectors: Vectors) -> Vectors:
    """Return `vectors` as they will come back from a file."""
    levels, steps = _to_bytes(vectors)
    return _from_bytes(levels, steps)


def read_vectors(path: Path, dimensions: int) -> dict[int, Vectors]:
    """Return the vectors in `path` by key; none when there is no such file, or a broken one."""
    try:
        # numpy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            keys, levels, steps = stored["keys"], stored["levels"], stored["steps"]
    except FileNotFoundError:
        return {}
    except (BadZipFile, EOFError, KeyError, OSError, ValueError) as error:
        logger.warning("The vectors in %s cannot be read (%s); making them anew.", path, error)
        return {}
    if levels.shape != (len(keys), dimensions) or steps.shape != keys.shape:
        return {}
    return dict(zip(keys.tolist(), _from_bytes(levels, steps), strict=True))


def write_vectors(path: Path, vectors: Mapping[int, Vectors]) -> None:
    """Write `vectors` to `path`; what cannot be written is done without."""
    levels, steps = _to_bytes(np.stack(list(vectors.values())))
    # Written beside and renamed: a reader never sees half a file.
    partial = path.with_name(f"{path.stem}.{os.getpid()}.partial.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.array(list(vectors), dtype=np.uint64)
        np.savez_compressed(partial, keys=keys, levels=levels, steps=steps)
        partial.replace(path)
    except OSError as error:
        logger.warning("The vectors cannot be kept in %s (%s).", path, error)
        with suppress(OSError):
            partial.unlink()


def _to_bytes(vectors: Vectors) -> tuple[npt.NDArray[np.int8], Vectors]:
    largest = np.maximum(np.abs(vectors).max(axis=1), np.finfo(np.float32).tiny)
    steps = (largest / LEVELS).astype(np.float32)
    return np.rint(vectors / steps[:, None]).astype(np.int8), steps


def _from_bytes(levels: npt.NDArray[np.int8], steps: Vectors) -> Vectors:
    vectors: Vectors = levels.astype(np.float32) * steps[:, None]
    return vectors
