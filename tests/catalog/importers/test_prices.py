from __future__ import annotations

import pytest

from catalog.importers.documents import FieldError
from catalog.importers.prices import is_euro, read_amount


@pytest.mark.parametrize(
    ("value", "amount"),
    [(None, None), ("", None), (0, 0), ("0", 0), (45.5, 45.5), ("112,50", 112.5), ("1 250", 1250)],
)
def test_amounts_are_read(value, amount):
    assert read_amount("price", value) == amount


@pytest.mark.parametrize(
    "value",
    ["45 €/op", "€45", "free", "1.250,50", "-5", -5, True, [45], 1e9, float("inf"), "9" * 100_000],
)
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(FieldError, match="price"):
        read_amount("price", value)


def test_the_euro_is_known_by_code_and_by_address():
    assert is_euro("EUR")
    assert is_euro("http://publications.europa.eu/resource/authority/currency/EUR")
    assert not is_euro("SEK")
    assert not is_euro("")
