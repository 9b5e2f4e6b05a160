from __future__ import annotations

import pytest

from catalog.importers.documents import FieldError
from catalog.importers.durations import read_hours, read_months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("P1Y", 12),
        ("P6M", 6),
        ("P1Y6M", 18),
        ("P10W", 2.3),
        ("P45D", 1.5),
        ("P0.5Y", 6),
        ("P0Y2M7DT1H10M0S", 2.2),
        ("PT40H", None),
        ("P0D", None),
    ],
)
def test_lengths_are_read_in_months_and_hours_are_none(text, months):
    assert read_months("duration", text) == months


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "6 kk", "P6", "6M", "P1000Y", "P1M1Y", "P" * 10_000]
)
def test_what_is_no_length_is_refused(text):
    with pytest.raises(FieldError):
        read_months("duration", text)


def test_hours_are_read_where_nothing_longer_is_named():
    assert read_hours("duration", "PT2H30M") == 2.5
    assert read_hours("duration", "P1DT2H") is None
