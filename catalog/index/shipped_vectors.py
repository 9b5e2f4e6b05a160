"""Vectors that are shipped with the sample, so that no start encodes what everybody has."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from catalog.index.meaning import DIMENSIONS

SHIPPED = Path(__file__).parents[1] / "data" / "sample_vectors.npz"
DIGEST_BYTES = 16
# As `pack_vector` makes them: a step, then a byte for each number.
_VECTOR_BYTES = DIMENSIONS + 4

logger = logging.getLogger(__name__)


def read_shipped(path: Path | None = None) -> dict[bytes, bytes]:
    """Return stored vectors by digest; none when there is no such file, or a broken one."""
    path = path or SHIPPED
    try:
        # numpy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            digests, vectors = stored["digests"], stored["vectors"]
    except FileNotFoundError:
        return {}
    except (BadZipFile, EOFError, KeyError, OSError, ValueError, zlib.error) as error:
        logger.warning("The vectors in %s cannot be read (%s).", path, error)
        return {}
    count = len(digests)
    if digests.shape != (count, DIGEST_BYTES) or vectors.shape != (count, _VECTOR_BYTES):
        return {}
    rows = zip(digests.astype(np.uint8), vectors.astype(np.uint8), strict=True)
    return {digest.tobytes(): vector.tobytes() for digest, vector in rows}


def write_shipped(path: Path, vectors: Mapping[bytes, bytes]) -> None:
    """Write stored vectors by digest, in an order that does not change."""
    ordered = sorted(vectors.items())
    digests = np.frombuffer(b"".join(digest for digest, _ in ordered), dtype=np.uint8)
    levels = np.frombuffer(b"".join(vector for _, vector in ordered), dtype=np.uint8)
    np.savez_compressed(
        path,
        digests=digests.reshape(-1, DIGEST_BYTES),
        vectors=levels.reshape(-1, _VECTOR_BYTES),
    )
