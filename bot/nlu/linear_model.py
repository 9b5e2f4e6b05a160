"""A linear model of intents over sentence vectors and pieces of words, in plain arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.nlu.ngrams import PLACES, count_pieces

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class TrainingSettings:
    """How to train; the values were chosen by cross-validation."""

    # How much the pieces of words weigh beside the sentence vector.
    pieces_weight: float = 0.8
    # Inverse strength of the regularisation, as scikit-learn names it.
    strength: float = 30.0
    # 0 counts every example alike, 1 every intent alike.
    balance: float = 0.0
    # Above 1 makes confidences bolder, below 1 more careful.
    sharpness: float = 1.0


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
    from sklearn.linear_model import LogisticRegression

    centre = vectors.mean(axis=0)
    centred = np.apply_along_axis(_unit, 1, vectors - centre)
    pieces, rarity = _weigh_pieces(texts)
    # The dual solver takes seconds for these few examples with many features; fitting all
    # intents at once is no more accurate and takes three times as long.
    regression = LogisticRegression(
        C=settings.strength,
        class_weight=_class_weights(intents, settings.balance),
        dual=True,
        multi_class="ovr",
        random_state=0,
        solver="liblinear",
        tol=1e-2,
    )
    features = hstack([csr_matrix(centred), pieces * settings.pieces_weight]).tocsr()
    regression.fit(features, np.asarray(intents))
    weights = regression.coef_.T * settings.sharpness
    size = vectors.shape[1]
    return LinearIntentModel(
        intents=np.asarray(regression.classes_, dtype=np.str_),
        centre=centre.astype(np.float32),
        vector_weights=weights[:size].astype(np.float32),
        piece_rarity=rarity,
        piece_weights=(weights[size:] * settings.pieces_weight).astype(np.float32),
        bias=(regression.intercept_ * settings.sharpness).astype(np.float32),
    )


def softmax(scores: Floats) -> Floats:
    """Return the probabilities that belong to `scores`."""
    exponentials = np.exp(scores - scores.max())
    probabilities: Floats = exponentials / exponentials.sum()
    return probabilities


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


def _class_weights(intents: Sequence[str], balance: float) -> Mapping[str, float]:
    names, counts = np.unique(np.asarray(intents), return_counts=True)
    even = len(intents) / (len(names) * counts)
    return {str(name): float(weight**balance) for name, weight in zip(names, even, strict=True)}


def _unit(vector: Floats) -> Floats:
    length = float(np.sqrt((vector**2).sum()))
    return vector / length if length else vector
