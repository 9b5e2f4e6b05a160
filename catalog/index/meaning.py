"""The options nearest to a question by what they are about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from sqlalchemy import text
from sqlalchemy.engine import Connection

from catalog.index.columns import READ_AT_ONCE, Array, Columns

TYPICAL_QUESTIONS = Path(__file__).parents[1] / "data" / "typical_questions.npz"
DIMENSIONS = 384
# The directions in which the vectors differ most tell the near from the far, in a quarter of the
# time; the best by these are then compared in all.
COARSE = 96
COMPARED = 500
# Below this, comparing all at once is faster than choosing.
FEW = 3000
_SAMPLE = 20_000
# So many options tell how near the average one is.
_TYPICAL = 2000
# Picking rows is faster than going through all where fewer than this share are wanted.
_PICKED = 0.35
# A handful of options may all be alike.
_LEAST_SPREAD = 0.02
NO_ROWS: Array = np.zeros(0, dtype=np.int32)
_LEVELS = 127


@dataclass(frozen=True)
class Meanings:
    """The vectors of options by row of the columns, with the short ones beside them.

    What all options share (that they are about studying) is taken out: it tells none from another.
    """

    rows: Array
    levels: Array
    steps: Array
    centre: Array
    lengths: Array
    directions: Array
    coarse: Array

    def arrays(self) -> dict[str, Array]:
        """Return every array by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def nearest(
        self, question: Array, allowed: Array, count: int, also: Array = NO_ROWS
    ) -> tuple[Array, Array]:
        """Return the rows nearest to a question among those allowed, and how near each is.

        `allowed` is a mask of options; rows of `also` are returned as well. Nearness is told in
        standard deviations from the average option: above three is rarely chance.
        """
        if not len(self.rows):
            return NO_ROWS, np.zeros(0, dtype=np.float32)
        wanted = np.flatnonzero(allowed[self.rows])
        if len(wanted) > FEW:
            rough = self._roughly(question, wanted)
            most = min(COMPARED, len(wanted))
            wanted = wanted[np.argpartition(rough, len(rough) - most)[-most:]]
        cosines = self._cosines(question, wanted)
        if len(wanted) > count:
            least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
            wanted = wanted[cosines >= least]
        chosen = np.union1d(wanted, self._positions(also))
        typical = _products(self._typical, question)
        spread = max(float(typical.std()), _LEAST_SPREAD)
        return self.rows[chosen], (self._cosines(question, chosen) - typical.mean()) / spread

    def _roughly(self, question: Array, wanted: Array) -> Array:
        """Return how near the wanted ones are in the main directions."""
        asked = self.directions @ question
        if len(wanted) < _PICKED * len(self.rows):
            return _products(self.coarse[wanted], asked)
        products: Array = (self.coarse @ asked)[wanted]
        return products

    @cached_property
    def _typical(self) -> Array:
        """Return so many vectors as tell how near the average one is."""
        some = slice(None, None, max(1, len(self.rows) // _TYPICAL))
        away = self.levels[some].astype(np.float32) * self.steps[some, None] - self.centre
        typical: Array = away / self.lengths[some, None]
        return typical

    def _cosines(self, question: Array, chosen: Array) -> Array:
        levels = self.levels[chosen].astype(np.float32)
        products = _products(levels, question) * self.steps[chosen]
        cosines: Array = (products - self.centre @ question) / self.lengths[chosen]
        return cosines

    def _positions(self, rows: Array) -> Array:
        """Return where rows stand among those that have a vector."""
        places = np.searchsorted(self.rows, rows)
        places = np.minimum(places, len(self.rows) - 1)
        found: Array = places[self.rows[places] == rows]
        return found


def _products(rows: Array, vector: Array) -> Array:
    """Return the product of each row with a vector, without threads.

    `@` shares out even this little, and on a busy machine waits long for the last thread.
    """
    products: Array = np.einsum("ij,j->i", rows, vector)
    return products


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
    centre = _centre(levels, steps)
    directions = _directions(levels, steps, centre)
    lengths, coarse = _shortened(levels, steps, centre, directions)
    return Meanings(
        rows=np.array(rows, dtype=np.int32)[order],
        levels=levels,
        steps=steps,
        centre=centre,
        lengths=lengths,
        directions=directions,
        coarse=coarse,
    )


def about(question: Array, language: str) -> Array:
    """Return what a question is about: its vector without what all questions share."""
    typical = _typical_questions()
    shared = typical[language] if language in typical else np.mean(list(typical.values()), axis=0)
    told = np.asarray(question, dtype=np.float32) - shared
    direction: Array = told / max(float(np.linalg.norm(told)), 1e-6)
    return direction


def pack_vector(vector: Array) -> bytes:
    """Return a vector of any length as it is stored: of unit length, a byte for each number."""
    unit = vector / max(float(np.linalg.norm(vector)), 1e-12)
    step = np.float32(max(float(np.abs(unit).max()), 1e-12) / _LEVELS)
    levels: Array = np.rint(unit / step).astype(np.int8)
    return bytes(step.tobytes() + levels.tobytes())


def _centre(levels: Array, steps: Array) -> Array:
    total = np.zeros(DIMENSIONS, dtype=np.float64)
    for start in range(0, len(levels), READ_AT_ONCE):
        block = slice(start, start + READ_AT_ONCE)
        total += steps[block].astype(np.float64) @ levels[block]
    centre: Array = (total / max(len(levels), 1)).astype(np.float32)
    return centre


def _directions(levels: Array, steps: Array, centre: Array) -> Array:
    """Return the directions in which the vectors differ most, a row each."""
    every = max(1, len(levels) // _SAMPLE)
    sample = levels[::every].astype(np.float32) * steps[::every, None] - centre
    if not len(sample):
        return np.zeros((COARSE, DIMENSIONS), dtype=np.float32)
    _, directions = np.linalg.eigh(sample.T @ sample)
    most: Array = np.ascontiguousarray(directions[:, ::-1][:, :COARSE].T)
    return most


def _shortened(
    levels: Array, steps: Array, centre: Array, directions: Array
) -> tuple[Array, Array]:
    """Return how far the vectors are from the centre, and where, in the main directions."""
    lengths = np.empty(len(levels), dtype=np.float32)
    short = np.empty((len(levels), COARSE), dtype=np.float32)
    for start in range(0, len(levels), READ_AT_ONCE):
        block = slice(start, start + READ_AT_ONCE)
        away = levels[block].astype(np.float32) * steps[block, None] - centre
        lengths[block] = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
        short[block] = away @ directions.T / lengths[block, None]
    return lengths, short


@lru_cache(maxsize=1)
def _typical_questions() -> dict[str, Array]:
    """Return the mean vector of what people say they want, by language."""
    with np.load(TYPICAL_QUESTIONS, allow_pickle=False) as stored:
        return {language: stored[language] for language in stored.files}
