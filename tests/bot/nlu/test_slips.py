"""Occupations are known in spite of one slip of the keyboard, and other words are let be."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("oon sairaanhoitja", "0913"),
        ("olen lahihoitja", "0913"),
        ("jag e närvådare", "0913"),
        ("olen varastotyöntekjiä", "1041"),
        ("I am a hairdreser", "1012"),
    ],
)
def test_a_title_with_a_slip_is_known(values, text, field):
    assert [one["field"] for one in values("competence", text)] == [field]


def test_the_words_stay_as_they_were_typed(values):
    assert values("competence", "oon sairaanhoitja")[0]["words"] == "sairaanhoitja"


@pytest.mark.parametrize(
    "text",
    [
        "haluan mikrotutkinnon",
        "olin konttorin pihalla",
        "haluaisin kuljettaa",
        "läkarintyg",
        "kehittää",
        "a" * 2000,
    ],
)
def test_other_words_are_no_slips(values, text):
    assert values("competence", text) == []
    assert values("field", text) == []


@pytest.mark.parametrize("text", ["kehittäjä", "developer", "utvecklare"])
def test_a_developer_is_no_cook(values, text):
    assert values("field", text) == ["0613"]
