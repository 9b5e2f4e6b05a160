from __future__ import annotations

from datetime import date

import pytest

from catalog.importers.documents import FieldError
from catalog.importers.moments import read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01Z", date(2026, 9, 1)),
        ("2026-09-01T00:00", date(2026, 9, 1)),
        ("2026-09-01T23:59:59.5", date(2026, 9, 1)),
        # What is the last day of August in London has begun as September in Finland.
        ("2026-08-31T21:00:00Z", date(2026, 9, 1)),
        ("2026-08-31T23:30+0300", date(2026, 8, 31)),
        ("2026-09-01T00:30:00+03:00", date(2026, 9, 1)),
    ],
)
def test_days_are_those_of_finland(text, day):
    assert read_day("startDate", text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01T10:00Z",
        "1.9.2026",
        "01-09-2025",
        "2026",
        "2026-09-01T25:00Z",
        "9999-12-31T23:00:00Z",
        "soon",
    ],
)
def test_what_is_no_day_is_refused_with_the_field(text):
    with pytest.raises(FieldError, match="startDate"):
        read_day("startDate", text)
