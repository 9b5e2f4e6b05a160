"""Tests of several places in one message: origins, regions and the ends of a way."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("kotoisin Sallasta, asun Oulussa", ["564"]),
        ("kommer från Närpes men bor i Vasa", ["905"]),
        ("born in Turku, living in Espoo", ["049"]),
        ("olen kotoisin Sallasta", ["732"]),
        ("muutin Kemistä Tornioon", ["851"]),
        ("Kauhajoki, Etelä-Pohjanmaa", ["232"]),
    ],
)
def test_where_one_is_counts(values, text, codes):
    assert values("place", text) == codes


def test_what_one_moved_from_is_no_interest(values):
    assert values("interest", "muutin Kemistä Tornioon") == []
    assert values("field", "muutin Kemistä Tornioon") == []
