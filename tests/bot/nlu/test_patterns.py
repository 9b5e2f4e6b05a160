"""Alternatives in brackets are spelled out."""

from __future__ import annotations

import pytest

from bot.nlu.patterns import spelled_out


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("olen työtön", ["olen työtön"]),
        ("(olen |)työtön", ["olen työtön", "työtön"]),
        ("(a|b) (c|d)", ["a c", "a d", "b c", "b d"]),
        ("(a|)", ["a"]),
    ],
)
def test_alternatives(pattern, phrases):
    assert spelled_out(pattern) == phrases
