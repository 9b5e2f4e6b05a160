"""The options nearest to a question by what they are about."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from sqlalchemy import text
from sqlalchemy.engine import Connection

from catalog.index.columns import READ_AT_ONCE, Array, Columns

DIMENSIONS = 384
# The directions in which the vectors differ most tell the near from the far, in a quarter of the
# time; the best by these are then compared in all.
COARSE = 96
COMPARED = 500
# Below this, comparing all at once is faster than choosing.
FEW = 3000
_SAMPLE = 20_000
_LEVELS = 127


@dataclass(frozen=True)
class Meanings:
    """The vectors of options by row of the columns, with the short ones beside them."""

    rows: Array
    levels: Array
    steps: Array
    directions: Array
    coarse: Array

    def arrays(self) -> dict[str, Array]:
        """Return every array by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def nearest(self, vector: Array, allowed: Array, count: int) -> tuple[Array, Array]:
        """Return the rows nearest to a vector of unit length among those allowed, and how near.

        `allowed` is a mask of options; rows are in order; nearness is the cosine, 1 at most.
        """
        chosen = np.flatnonzero(allowed[self.rows])
        if len(chosen) > FEW:
            rough = self.coarse @ (self.directions @ vector)
            if len(chosen) < len(rough):
                rough[~allowed[self.rows]] = -np.inf
            compared = min(COMPARED, len(chosen))
            best = np.argpartition(rough, len(rough) - compared)[-compared:]
            chosen = np.sort(best)
        # Row by row: a product of matrices adds up each row in its own order, and equals differ.
        levels = self.levels[chosen].astype(np.float32)
        cosines = np.einsum("ij,j->i", levels, vector) * self.steps[chosen]
        if len(chosen) > count:
            least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
            near = cosines >= least
            chosen, cosines = chosen[near], cosines[near]
        return self.rows[chosen], cosines


def read_meanings(connection: Connection, columns: Columns) -> Meanings:
    """Read the vectors that are stored of the options in `columns`."""
    query = text("SELECT option_id, vector FROM option_vectors")
    rows: list[int] = []
    vectors: list[bytes] = []
    row_by_id = {id_: row for row, id_ in enumerate(columns.ids.tolist())}
    result = connection.execute(query.execution_options(stream_results=True))
    for some in result.partitions(READ_AT_ONCE):
        for option_id, vector in some:
            row = row_by_id.get(option_id.encode())
            if row is not None and len(vector) == DIMENSIONS + 4:
                rows.append(row)
                vectors.append(bytes(vector))
    order = np.argsort(np.array(rows, dtype=np.int32), kind="stable")
    stored = np.frombuffer(b"".join(vectors), dtype=np.uint8).reshape(-1, DIMENSIONS + 4)[order]
    steps = stored[:, :4].copy().view(np.float32)[:, 0]
    levels = stored[:, 4:].copy().view(np.int8)
    directions = _directions(levels, steps)
    return Meanings(
        rows=np.array(rows, dtype=np.int32)[order],
        levels=levels,
        steps=steps,
        directions=directions,
        coarse=_shortened(levels, steps, directions),
    )


def pack_vector(vector: Array) -> bytes:
    """Return a vector of any length as it is stored: of unit length, a byte for each number."""
    unit = vector / max(float(np.linalg.norm(vector)), 1e-12)
    step = np.float32(max(float(np.abs(unit).max()), 1e-12) / _LEVELS)
    levels: Array = np.rint(unit / step).astype(np.int8)
    return bytes(step.tobytes() + levels.tobytes())


def _directions(levels: Array, steps: Array) -> Array:
    """Return the directions in which the vectors differ most, a row each."""
    every = max(1, len(levels) // _SAMPLE)
    sample = levels[::every].astype(np.float32) * steps[::every, None]
    if not len(sample):
        return np.zeros((COARSE, DIMENSIONS), dtype=np.float32)
    # All sentences share a large part, which tells none from another.
    centred = sample - sample.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    most: Array = np.ascontiguousarray(directions[:, ::-1][:, :COARSE].T)
    return most


def _shortened(levels: Array, steps: Array, directions: Array) -> Array:
    short = np.empty((len(levels), len(directions)), dtype=np.float32)
    for start in range(0, len(levels), READ_AT_ONCE):
        block = slice(start, start + READ_AT_ONCE)
        short[block] = (levels[block].astype(np.float32) * steps[block, None]) @ directions.T
    return short
