"""Where a page ends and the next begins, in a form that outlives changes of the catalogue."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

import numpy as np

from catalog.index.columns import Array, Columns
from opastin.errors import UserError


@dataclass(frozen=True)
class Cursor:
    """The last option of a page and the score it had."""

    option: str
    score: float


def write_cursor(cursor: Cursor) -> str:
    """Return a cursor as a word that fits into an address."""
    text = json.dumps([cursor.option, cursor.score], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Return the cursor that was written so; UserError where none was."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        option, score = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        cursor = Cursor(option.encode().decode(), float(score))
    except (AttributeError, TypeError, ValueError, RecursionError, binascii.Error) as error:
        raise UserError("This is not a place in a list that a search has given.") from error
    return cursor


def rows_of_page(
    columns: Columns, rows: Array, scores: Array, *, limit: int, after: Cursor | None
) -> tuple[Array, bool]:
    """Return the rows of one page, best first and then by id, and whether more follow.

    `rows` are in order and each has a score. The page begins after the option of the cursor,
    wherever that stands now; where it is gone, after the score it had.
    """
    if after is not None:
        row = columns.place_of(after.option)
        place = int(np.searchsorted(rows, row))
        stands = place < len(rows) and rows[place] == row and columns.row_of(after.option) == row
        score = scores[place] if stands else np.float32(after.score)
        # A row that is gone has left its place to the next one.
        later = rows > row if stands else rows >= row
        remaining = (scores < score) | ((scores == score) & later)
        rows, scores = rows[remaining], scores[remaining]
    wanted = min(limit, len(rows))
    if len(rows) > 4 * wanted:
        # All that are as good as the last of the page, since equals are told apart by id.
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        good = scores >= least
        rows_left, scores_left = rows[good], scores[good]
    else:
        rows_left, scores_left = rows, scores
    order = np.lexsort((rows_left, -scores_left))[:wanted]
    page: Array = rows_left[order]
    return page, len(rows) > wanted
