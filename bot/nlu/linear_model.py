"""A linear model of intents over sentence vectors and pieces of words, in plain arrays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.nlu.ngrams import PLACES, count_pieces

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]

# Coarse: a finer solution takes three times as long and understands no more.
TOLERANCE = 2.0


@dataclass(frozen=True)
class TrainingSettings:
    """How to train; chosen on the validation messages, and by cross-validation on MASSIVE."""

    # How much the pieces of words weigh beside the sentence vector.
    pieces_weight: float = 1.6
    # Inverse strength of the regularisation, as scikit-learn names it.
    strength: float = 10.0


@dataclass(frozen=True)
class LinearIntentModel:
    """Scores every intent for a message; all it knows is in these arrays."""

    intents: npt.NDArray[np.str_]
    centre: Floats
    vector_weights: Floats
    piece_rarity: Floats
    piece_weights: Floats
    bias: Floats

    def scores(self, vector: Floats, text: str) -> Floats:
        """Return the score of each intent, whose softmax is the probability."""
        places, counts = count_pieces(text)
        rare = _unit(counts * self.piece_rarity[places])
        centred = _unit(vector - self.centre)
        scores: Floats = (
            centred @ self.vector_weights + rare @ self.piece_weights[places] + self.bias
        )
        return scores

    def save(self, path: Path) -> None:
        """Write the arrays to `path`, an .npz file."""
        np.savez(path, **{item.name: getattr(self, item.name) for item in fields(self)})

    @classmethod
    def load(cls, path: Path) -> LinearIntentModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(**{item.name: stored[item.name] for item in fields(cls)})


def train_model(
    vectors: Floats, texts: Sequence[str], intents: Sequence[str], settings: TrainingSettings
) -> LinearIntentModel:
    """Fit one logistic regression for each intent against all others."""
    from scipy.sparse import csr_matrix, hstack

    centre = vectors.mean(axis=0)
    centred = np.apply_along_axis(_unit, 1, vectors - centre)
    pieces, rarity = _weigh_pieces(texts)
    features = hstack([csr_matrix(centred), pieces * settings.pieces_weight]).tocsr()
    names, weights, bias = _fit(features, np.asarray(intents, dtype=np.str_), settings.strength)
    size = vectors.shape[1]
    return LinearIntentModel(
        intents=names,
        centre=centre.astype(np.float32),
        vector_weights=weights[:size].astype(np.float32),
        piece_rarity=rarity,
        piece_weights=(weights[size:] * settings.pieces_weight).astype(np.float32),
        bias=bias.astype(np.float32),
    )


def softmax(scores: Floats) -> Floats:
    """Return the probabilities that belong to `scores`."""
    exponentials = np.exp(scores - scores.max())
    probabilities: Floats = exponentials / exponentials.sum()
    return probabilities


def _fit(
    features: csr_matrix, intents: npt.NDArray[np.str_], strength: float
) -> tuple[npt.NDArray[np.str_], Floats, Floats]:
    """Return the names of the intents, and a column of weights and a bias for each."""
    from sklearn.linear_model import LogisticRegression

    names = np.unique(intents)

    def fit_one(name: str) -> tuple[Floats, float]:
        # The dual solver is the fast one for a few examples with many features.
        regression = LogisticRegression(
            C=strength, dual=True, random_state=0, solver="liblinear", tol=TOLERANCE
        ).fit(features, intents == name)
        return regression.coef_[0], float(regression.intercept_[0])

    # The solver leaves Python's lock alone while it works.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        fitted = list(threads.map(fit_one, names))
    weights, bias = zip(*fitted, strict=True)
    return names, np.stack(weights, axis=1), np.array(bias)


def _weigh_pieces(texts: Sequence[str]) -> tuple[csr_matrix, Floats]:
    from scipy.sparse import csr_matrix

    counted = [count_pieces(text) for text in texts]
    seen = np.zeros(PLACES, dtype=np.float32)
    for places, _ in counted:
        seen[places] += 1
    rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    rows = np.repeat(np.arange(len(texts)), [len(places) for places, _ in counted])
    columns = np.concatenate([places for places, _ in counted])
    values = np.concatenate([_unit(counts * rarity[places]) for places, counts in counted])
    return csr_matrix((values, (rows, columns)), shape=(len(texts), PLACES)), rarity


def _unit(vector: Floats) -> Floats:
    length = float(np.sqrt((vector**2).sum()))
    return vector / length if length else vector
