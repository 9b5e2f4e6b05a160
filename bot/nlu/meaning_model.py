"""Which field a phrase means, by the labelled phrases nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.field_examples import NOTHING, Example
from bot.nlu.vector_file import Vectors
from opastin.settings import ROOT

SHIPPED_MEANINGS = ROOT / "bot" / "data" / "meanings.npz"

# Chosen by leaving out examples and on the messages for tuning.
NEIGHBOURS = 10
SHARPNESS = 12.0
LEAST_CERTAIN = 0.6
# What the likeness is weighed against: a phrase near to nothing means nothing certain.
_FAR = 0.45

# Unrelated phrases have a cosine of 0.77, so the vectors are centred; what sets fields apart
# then counts for more than the rest.
_APART = 0.7
_COMPONENTS = 128
_SHRINKAGE = 0.3
_LEVELS = 127
_BROAD = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a code of three digits, of two, or NOTHING; None if uncertain."""

    code: str | None
    certainty: float

    @property
    def field(self) -> str | None:
        """Return the field's code, or None."""
        return None if self.code == NOTHING else self.code


class MeaningModel:
    """Nearest examples in a space that holds fields apart."""

    def __init__(
        self,
        mean: Vectors,
        bases: Sequence[Vectors],
        examples: Vectors,
        codes: Sequence[str],
        weights: Vectors,
    ) -> None:
        """Take what `build` or a file gives."""
        self._mean = mean
        self._bases = bases
        self._examples = examples
        self._weights = weights
        self._names = sorted(set(codes))
        self._codes = np.array([self._names.index(code) for code in codes])

    @classmethod
    def build(cls, examples: Sequence[Example], vectors: Vectors) -> MeaningModel:
        """Learn from `examples` and the encoder's `vectors` of their texts."""
        codes = [example.code for example in examples]
        weights = np.array([example.weight for example in examples], dtype=np.float32)
        mean = vectors[weights == weights.max()].mean(axis=0)
        centred = _unit(vectors - mean)
        bases = _bases(centred, np.array(codes))
        return cls(mean, bases, _project(centred, bases), codes, weights)

    @classmethod
    def read(cls, path: Path) -> MeaningModel:
        """Return the model written to `path`."""
        with np.load(path, allow_pickle=False) as stored:
            examples = _unit(stored["examples"].astype(np.float32))
            bases = [stored["apart"], stored["common"]]
            codes = [str(code) for code in stored["codes"]]
            return cls(stored["mean"], bases, examples, codes, stored["weights"])

    def write(self, path: Path) -> None:
        """Write the model to `path`, a byte for each number of an example."""
        steps = np.abs(self._examples).max(axis=1, keepdims=True) / _LEVELS
        np.savez_compressed(
            path,
            mean=self._mean,
            apart=self._bases[0],
            common=self._bases[1],
            examples=np.rint(self._examples / steps).astype(np.int8),
            codes=np.array([self._names[code] for code in self._codes]),
            weights=self._weights,
        )

    def meaning(self, vector: Vectors) -> Meaning:
        """Return what the phrase with this vector means."""
        place = _project(_unit(vector[None, :] - self._mean), self._bases)[0]
        likeness = self._examples @ place
        nearest = np.argpartition(-likeness, NEIGHBOURS)[:NEIGHBOURS]
        votes = self._weights[nearest] * np.exp(SHARPNESS * (likeness[nearest] - 1))
        votes /= votes.sum() + np.exp(SHARPNESS * (_FAR - 1))
        shares = dict.fromkeys(self._names, 0.0)
        for code, vote in zip(self._codes[nearest], votes, strict=True):
            shares[self._names[code]] += float(vote)
        likeliest = max(shares, key=shares.__getitem__)
        if shares[likeliest] >= LEAST_CERTAIN:
            return Meaning(likeliest, shares[likeliest])
        return self._broad(shares)

    def _broad(self, shares: dict[str, float]) -> Meaning:
        """Return the two digits that the likely codes share, if they do."""
        broad: dict[str, float] = {}
        for code, share in shares.items():
            if code != NOTHING:
                broad[code[:_BROAD]] = broad.get(code[:_BROAD], 0.0) + share
        code, share = max(broad.items(), key=lambda item: item[1])
        return Meaning(code if share >= LEAST_CERTAIN else None, share)


@lru_cache(maxsize=1)
def load_meaning_model() -> MeaningModel:
    """Return the model that is shipped, read once."""
    return MeaningModel.read(SHIPPED_MEANINGS)


def _bases(centred: Vectors, codes: npt.NDArray[np.str_]) -> list[Vectors]:
    """Return the directions in which fields lie apart, and those in which phrases vary most."""
    means = {code: centred[codes == code].mean(axis=0) for code in np.unique(codes)}
    spread = centred - np.stack([means[code] for code in codes])
    within = spread.T @ spread / len(centred)
    size = within.shape[0]
    within = (1 - _SHRINKAGE) * within + _SHRINKAGE * np.trace(within) / size * np.eye(size)
    values, directions = np.linalg.eigh(within)
    whiten = directions / np.sqrt(values)
    middles = np.stack([means[code] for code in codes]) - centred.mean(axis=0)
    _, apart = np.linalg.eigh(whiten.T @ (middles.T @ middles) @ whiten)
    _, common = np.linalg.eigh(centred.T @ centred)
    few = len(means) - 1
    return [
        (whiten @ apart[:, -few:]).astype(np.float32),
        common[:, -_COMPONENTS:].astype(np.float32),
    ]


def _project(centred: Vectors, bases: Sequence[Vectors]) -> Vectors:
    apart, common = (_unit(centred @ base) for base in bases)
    return np.hstack([np.sqrt(_APART) * apart, np.sqrt(1 - _APART) * common]).astype(np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit
