"""Read a CSV file as a table: its header and its rows, cleaned, with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from catalog.importers.documents import FieldError
from catalog.importers.plain_text import clean_line, clean_paragraphs
from opastin.errors import UserError

DELIMITERS = (",", ";", "\t")
# A long table has the same few short cells again and again.
CACHED = 10_000
LONGEST_CACHED = 60
# A row with a longer cell is refused; one that is longer still is taken for a quote without end.
LONGEST_CELL = 131_072
csv.field_size_limit(10_000_000)
# The reader stops at a NUL, so this, which no text has, stands in its place.
NUL_MARK = "\ufdd0"
PARAGRAPH_COLUMNS = ("description_", "outcomes_", "requirements_", "criteria_")


@dataclass(frozen=True)
class Row:
    """The cleaned cells of a row, by column, and the line of the file where it ends."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell; an empty text where there is no such column."""
        return self.cells.get(column, "")

    @property
    def label(self) -> str:
        """How a person finds the row: by its id, if it has one, and its line."""
        return f"{self.get('id')} (line {self.line})" if self.get("id") else f"line {self.line}"


class RowError(Exception):
    """A field that cannot be read, and the row it stands in."""

    def __init__(self, row: Row, error: FieldError) -> None:
        super().__init__(str(error))
        self.row = row
        self.error = error


class Lines:
    """The rows of a table below its header, each with its line number; empty ones are left out.

    They are read out of the file again at each going through, so that none is held.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        first_line = data.split(b"\n", 1)[0].decode("utf-8", "replace")
        self._has_nul = b"\0" in data
        self._delimiter = max(DELIMITERS, key=first_line.count)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        rows = self._rows()
        next(rows, None)
        return rows

    def header(self) -> list[str]:
        """Return the names of the columns."""
        for _, cells in self._rows():
            if any(NUL_MARK in cell for cell in cells):
                raise UserError(f"{self._name} has NUL characters in its header; save it as UTF-8.")
            return [clean_line(column).casefold() for column in cells]
        raise UserError(f"{self._name} is empty; its first line must name the columns.")

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        file = io.TextIOWrapper(io.BytesIO(self._data), encoding="utf-8-sig", newline="")
        lines: Iterable[str] = file
        if self._has_nul:
            lines = (line.replace("\0", NUL_MARK) for line in file)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield reader.line_num, cells
        except UnicodeDecodeError as error:
            raise self._not_utf8() from error
        except csv.Error as error:
            raise UserError(
                f"{self._name} is not a whole CSV file: line {reader.line_num} has an error "
                f"({error})."
            ) from error

    def _not_utf8(self) -> UserError:
        try:
            self._data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self._data.count(b"\n", 0, error.start) + 1
            return UserError(
                f"{self._name} is not UTF-8 (line {line}); save it as CSV UTF-8 and import it "
                "again."
            )
        raise AssertionError("what could not be decoded in pieces can be as a whole")


def read_table(data: bytes, name: str) -> tuple[list[str], Lines]:
    """Return the header and the other rows; UserError where any of them cannot be read."""
    lines = Lines(data, name)
    header = lines.header()
    for _ in lines:
        pass
    return header, lines


def check_end(data: bytes, name: str) -> None:
    """Raise UserError where the last line has no end, as in a file that was cut off."""
    if data.strip() and not data.endswith((b"\n", b"\r")):
        raise UserError(
            f"{name} does not end with a line break, so it may have been cut off; see whether its "
            "last row is whole, then end it with a line break or import it with --allow-shrink."
        )


def check_header(
    header: list[str], known: tuple[str, ...], required: tuple[str, ...], name: str
) -> None:
    """Raise UserError where columns are missing, unknown or there twice."""
    missing = [column for column in required if column not in header]
    if missing:
        raise UserError(
            f"{name} is not a table of the catalogue: its first line lacks {', '.join(missing)}."
        )
    unknown = [column or "(no name)" for column in header if column not in known]
    if unknown:
        raise UserError(f"{name} has columns that nothing is known of: {', '.join(unknown)}.")
    if len(set(header)) < len(header):
        raise UserError(f"{name} has two columns of the same name.")


def row_problem(header: list[str], cells: list[str]) -> FieldError | None:
    """Return what keeps a row from being read at all, if anything does."""
    if len(cells) != len(header):
        reason = f"has {len(cells)} fields where the header has {len(header)}"
        return FieldError("row", reason)
    together = "".join(cells)
    if len(together) <= LONGEST_CELL and NUL_MARK not in together:
        return None
    for column, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            return FieldError(column, f"is longer than {LONGEST_CELL:,} characters")
        if NUL_MARK in cell:
            return FieldError(column, "has a NUL character")
    return None


def read_row(header: list[str], line: int, cells: list[str]) -> Row:
    """Return the cleaned cells by column, as far as there are both; empty ones are left out."""
    pairs = zip(header, cells, strict=False)
    return Row(line, {column: _clean(column, cell) for column, cell in pairs if cell})


def _clean(column: str, cell: str) -> str:
    return _clean_short(column, cell) if len(cell) <= LONGEST_CACHED else _cleaned(column, cell)


@lru_cache(maxsize=CACHED)
def _clean_short(column: str, cell: str) -> str:
    return _cleaned(column, cell)


def _cleaned(column: str, cell: str) -> str:
    is_text = column.startswith(PARAGRAPH_COLUMNS)
    return clean_paragraphs(cell) if is_text else clean_line(cell)
