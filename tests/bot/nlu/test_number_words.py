"""Numbers put together from words."""

from __future__ import annotations

import pytest

from bot.nlu.number_words import added, compound_number


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("viistoist", 15),
        ("kaksikymmentäviisi", 25),
        ("viiskytkaks", 52),
        ("kolmesataaviiskyt", 350),
        ("tuhatviisisataa", 1500),
        ("trettioett", 31),
        ("tvahundrafemtio", 250),
        ("thirtyone", 31),
        ("vaasa", None),
        ("viideksi", None),
        ("onten", None),
    ],
)
def test_compounds(word, number):
    assert compound_number(word) == number


@pytest.mark.parametrize(
    ("head", "tail", "number"),
    [(30, 5, 35), (200, 50, 250), (3, 100, 300), (5, 6, None), (10, 5, None)],
)
def test_words_in_a_row(head, tail, number):
    assert added(head, tail) == number
