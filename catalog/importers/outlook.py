"""Read a table of how work is found by field and region; docs/reference/catalog-csv.md tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from catalog.importers import values
from catalog.importers.documents import FieldError, OutlookDocument, Read, Refusal
from catalog.importers.table import Row, check_header, read_row, read_table, row_problem
from catalog.models import OUTLOOKS

COLUMNS = ("field", "region", "outlook", "source", "published", "valid_to")
LONGEST_SOURCE = 80

_T = TypeVar("_T")


def read_outlooks(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read a file of outlooks; `name` is the file's, for messages.

    Raises UserError before the first document where the file as a whole cannot be read.
    """
    header, lines = read_table(data, name)
    check_header(header, COLUMNS, COLUMNS, name)
    line_of: dict[tuple[str, str], int] = {}
    for line, cells in lines:
        row = read_row(header, line, cells)
        try:
            if problem := row_problem(header, cells):
                raise problem
            document = _outlook(row, today)
            earlier = line_of.setdefault((document.field, document.region), line)
            if earlier != line:
                raise FieldError("field", f"stands on line {earlier} already, for this region")
            yield document
        except FieldError as error:
            yield Refusal(row.label, error.field, error.reason)


def _outlook(row: Row, today: date) -> OutlookDocument:
    published = _given(
        "published", values.read_date("published", row.get("published"), today=today)
    )
    valid_to = _given("valid_to", values.read_date("valid_to", row.get("valid_to"), today=today))
    if valid_to < published:
        raise FieldError("valid_to", "is earlier than published")
    source = _given("source", row.get("source") or None)
    if len(source) > LONGEST_SOURCE:
        raise FieldError("source", f"is longer than {LONGEST_SOURCE} characters")
    return OutlookDocument(
        field=_given("field", values.read_field("field", row.get("field"))),
        region=_region(row.get("region")),
        outlook=_given("outlook", values.read_choice("outlook", row.get("outlook"), OUTLOOKS)),
        source=source,
        published=published,
        valid_to=valid_to,
    )


def _region(text: str) -> str:
    code = _given("region", values.read_place("region", text))
    if not code.startswith("maakunta_"):
        raise FieldError("region", f"{text!r} is no region, like maakunta_14")
    return code


def _given(column: str, value: _T | None) -> _T:
    if value is None:
        raise FieldError(column, "is missing")
    return value
