from __future__ import annotations

from datetime import date

import pytest

from catalog.importers.documents import OutlookDocument, Refusal
from catalog.importers.outlook import COLUMNS, read_outlooks
from opastin.errors import UserError

TODAY = date(2026, 3, 1)
HEADER = ",".join(COLUMNS) + "\n"
GOOD = "0923,Etelä-Pohjanmaa,shortage,Barometri,2026-01-15,2026-12-31\n"


def read(text):
    return list(read_outlooks(text.encode(), name="barometer.csv", today=TODAY))


def test_a_row_becomes_an_outlook():
    (document,) = read(HEADER + GOOD)
    assert document == OutlookDocument(
        field="0923",
        region="maakunta_14",
        outlook="shortage",
        source="Barometri",
        published=date(2026, 1, 15),
        valid_to=date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("column", "value", "hint"),
    [
        ("field", "hoito", "field of education"),
        ("field", "", "missing"),
        ("region", "743", "no region"),
        ("region", "Atlantis", "no municipality or region"),
        ("region", "", "missing"),
        ("outlook", "good", "none of"),
        ("outlook", "", "missing"),
        ("source", "", "missing"),
        ("source", "x" * 81, "longer"),
        ("published", "January", "not a date"),
        ("published", "", "missing"),
        ("valid_to", "2025-12-31", "earlier"),
        ("valid_to", "", "missing"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_line_and_column(column, value, hint):
    cells = dict(zip(COLUMNS, GOOD.strip().split(","), strict=True)) | {column: value}
    refusal, good = read(HEADER + ",".join(cells.values()) + "\n" + GOOD)
    assert (refusal.document, refusal.field) == ("line 2", column)
    assert hint in refusal.reason
    assert isinstance(good, OutlookDocument)


def test_a_field_and_a_region_stand_once():
    _, refusal = read(HEADER + GOOD + GOOD)
    assert (refusal.document, refusal.field) == ("line 3", "field")
    assert "line 2" in refusal.reason


def test_a_row_of_another_length_is_refused():
    (refusal,) = read(HEADER + "0923,maakunta_14\n")
    assert isinstance(refusal, Refusal)
    assert refusal.field == "row"


@pytest.mark.parametrize("text", ["field,region\n", HEADER.strip() + ",mood\n", ""])
def test_another_table_is_no_outlook(text):
    with pytest.raises(UserError):
        read(text)
