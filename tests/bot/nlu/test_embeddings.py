"""The component that adds sentence vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embeddings import CACHE_FILE, SentenceVectors


@pytest.fixture
def component() -> SentenceVectors:
    return SentenceVectors({"alias": None}, "vectors")


def _vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features("text")
    return sentence.features


def test_a_message_gets_one_vector_of_unit_length(component: SentenceVectors) -> None:
    message = Message({"text": "Moi"})

    component.process([message])

    assert _vector(message).shape == (1, 384)
    assert np.isclose(np.linalg.norm(_vector(message)), 1, atol=1e-3)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "👍", "a" * 10_000])
def test_odd_messages_get_a_vector_too(component: SentenceVectors, text: str) -> None:
    message = Message({"text": text})

    component.process([message])

    assert np.isfinite(_vector(message)).all()


def test_the_same_meaning_in_two_languages_lies_close(component: SentenceVectors) -> None:
    fi, sv, other = (
        Message({"text": text})
        for text in ("paljonko se maksaa", "hur mycket kostar det", "asun Vaasassa")
    )

    component.process([fi, sv, other])

    assert _vector(fi) @ _vector(sv).T > _vector(fi) @ _vector(other).T


def test_vectors_of_training_are_kept_under_the_home(
    component: SentenceVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    examples = [
        Message({"text": "en ole harjoitusaineistossa", "intent": "inform"}),
        Message({"action_name": "a"}),
    ]

    component.process_training_data(TrainingData(examples))

    assert _vector(examples[0]).shape == (1, 384)
    assert (tmp_path / CACHE_FILE).exists()
