"""Tables as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so is a formula to some spreadsheet; some leave out spaces before it, and
# some read the full-width forms as well.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
# Excel reads letters with dots right only after this.
_MARK = "\ufeff"


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; None is an empty cell.

    >>> write_csv([["team", "number"], ["=1+1", 5]]).splitlines()[1]
    "'=1+1,5"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return _MARK + text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    # Other control characters have no place in a table.
    shown = "".join(character for character in value if character.isprintable() or character == " ")
    is_formula = value.startswith(_FORMULAS) or shown.lstrip().startswith(_FORMULAS)
    return f"'{shown}" if is_formula else shown
