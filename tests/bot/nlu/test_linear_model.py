"""The linear model: learns, ranks, and comes back from its file the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.linear_model import LinearIntentModel, TrainingSettings, softmax, train_model

EXAMPLES = {
    "greet": ["moi", "hei vaan", "hejsan", "hello there"],
    "inform": ["asun Vaasassa", "jag bor i Vasa", "i live in Vaasa", "olen lähihoitaja"],
    "faq_cost": ["paljonko maksaa", "vad kostar det", "how much is it", "mitä tämä maksaa"],
}


@pytest.fixture(scope="module")
def model() -> LinearIntentModel:
    texts = [text for group in EXAMPLES.values() for text in group]
    intents = [intent for intent, group in EXAMPLES.items() for _ in group]
    return train_model(_vectors(texts), texts, intents, TrainingSettings())


def _vectors(texts: list[str]) -> np.ndarray:
    # Vectors that tell nothing, so that the pieces of words have to.
    return np.zeros((len(texts), 8), dtype=np.float32)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("moi moi", "greet"), ("asun Kuopiossa", "inform"), ("paljonko se maksaa", "faq_cost")],
)
def test_the_right_intent_scores_highest(model: LinearIntentModel, text: str, intent: str) -> None:
    scores = model.scores(np.zeros(8, dtype=np.float32), text)

    assert model.intents[scores.argmax()] == intent


def test_a_stored_model_scores_the_same(model: LinearIntentModel, tmp_path: Path) -> None:
    model.save(tmp_path / "model.npz")

    loaded = LinearIntentModel.load(tmp_path / "model.npz")

    vector = np.ones(8, dtype=np.float32)
    assert np.array_equal(loaded.scores(vector, "moi"), model.scores(vector, "moi"))


def test_an_empty_text_still_has_scores(model: LinearIntentModel) -> None:
    assert np.isfinite(model.scores(np.zeros(8, dtype=np.float32), "")).all()


def test_probabilities_add_up() -> None:
    probabilities = softmax(np.array([1000.0, 999.0, -1000.0], dtype=np.float32))

    assert np.isclose(probabilities.sum(), 1)
    assert probabilities[0] > probabilities[1] > probabilities[2]
