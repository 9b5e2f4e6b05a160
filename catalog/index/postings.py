"""Postings of terms by row of the snapshot, those asked for lately kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

import numpy as np
from sqlalchemy.engine import Connection

from catalog.index.columns import Columns
from catalog.index.term_tables import term_table
from catalog.index.text import ZONE_WEIGHTS, Find, Posting, best_of_each

# Eight bytes each: at most 64 MB.
REMEMBERED = 8_000_000


class Postings:
    """Finds options by term in one state of the catalogue."""

    def __init__(self, columns: Columns) -> None:
        """Number options as `columns` does."""
        highest = int(columns.numbers.max(initial=0))
        self._rows = np.full(highest + 1, -1, dtype=np.int32)
        indexed = np.flatnonzero(columns.numbers >= 0)
        self._rows[columns.numbers[indexed]] = indexed
        self._kept: OrderedDict[tuple[str, bool], Posting] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def finder(self, connection: Connection) -> Find:
        """Return what looks terms up, on a connection that sees this state."""
        table = term_table(connection)

        def find(term: str, prefix: bool) -> Posting:
            key = (term, prefix)
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
            numbers, zones = table.find(term, prefix=prefix)
            known = numbers < len(self._rows)
            rows = self._rows[numbers[known]]
            there = rows >= 0
            posting = best_of_each(rows[there], ZONE_WEIGHTS[zones[known][there]])
            self._keep(key, posting)
            return posting

        return find

    def latest(self, count: int) -> list[tuple[str, bool]]:
        """Return the terms asked for last, each with whether it was a beginning."""
        with self._lock:
            return list(self._kept)[-count:]

    def look_up(self, connection: Connection, terms: Iterable[tuple[str, bool]]) -> None:
        """Look terms up ahead, so that the first search does not wait for them."""
        find = self.finder(connection)
        for term, prefix in terms:
            find(term, prefix)

    def _keep(self, key: tuple[str, bool], posting: Posting) -> None:
        with self._lock:
            self._kept[key] = posting
            self._size += len(posting.rows) + 1
            while self._size > REMEMBERED:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.rows) + 1
