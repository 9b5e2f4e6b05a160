"""Numbers in digits and words, put together and with their units."""

from __future__ import annotations

import pytest

from bot.nlu.lexicon import load_lexicon
from bot.nlu.numbers import find_numbers
from bot.nlu.reading import read


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 000 euroa", [1000]),
        ("1,5 tonnia", [1500]),
        ("8-10 h", [10]),
        ("kolkyt viis", [35]),
        ("two hundred and fifty", [250]),
        ("ett hundra och femtio", [150]),
        ("viidestä kymmeneen", [10]),
        ("ten to twelve", [12]),
        ("muutaman satasen", []),
    ],
)
def test_numbers_are_read(text, numbers):
    phrases = load_lexicon().find(read(text, {}))
    assert [number.value for number in find_numbers(phrases)] == numbers
