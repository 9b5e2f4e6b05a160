"""Where the terms of entries are stored: FTS5 in SQLite, a tsvector in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from sqlalchemy import bindparam, text
from sqlalchemy.engine import Connection

# Terms of titles, of keywords, and of the rest.
Zones = tuple[Collection[str], Collection[str], Collection[str]]
Numbers = npt.NDArray[np.int32]
# The zone of each number, 0 for titles.
ZoneNumbers = npt.NDArray[np.uint8]

ZONES = ("titles", "keywords", "rest")


class TermTable(Protocol):
    """Stores terms by entry and finds entries by term."""

    def put(self, rows: Sequence[tuple[int, Zones]]) -> None:
        """Store the terms of entries, in the place of earlier ones."""

    def remove(self, numbers: Collection[int]) -> None:
        """Forget entries."""

    def clear(self) -> None:
        """Forget all entries."""

    def finish(self) -> None:
        """Tidy up after many changes."""

    def find(self, term: str, *, prefix: bool = False) -> tuple[Numbers, ZoneNumbers]:
        """Return the entries with a term, or with one that begins so, and where they have it."""


def term_table(connection: Connection) -> TermTable:
    """Return the table of the database that is connected to."""
    return (SqliteTerms if connection.dialect.name == "sqlite" else PostgresqlTerms)(connection)


class SqliteTerms:
    """Terms in an FTS5 table, read by the table of its postings."""

    def __init__(self, connection: Connection) -> None:
        """Use the tables on `connection`."""
        self._connection = connection

    def put(self, rows: Sequence[tuple[int, Zones]]) -> None:
        """Store the terms of entries, in the place of earlier ones."""
        self._connection.execute(
            text(
                "INSERT OR REPLACE INTO search_terms (rowid, titles, keywords, rest)"
                " VALUES (:number, :titles, :keywords, :rest)"
            ),
            [
                {"number": number, **dict(zip(ZONES, map(" ".join, zones), strict=True))}
                for number, zones in rows
            ],
        )

    def remove(self, numbers: Collection[int]) -> None:
        """Forget entries."""
        if numbers:
            self._connection.execute(
                text("DELETE FROM search_terms WHERE rowid = :number"),
                [{"number": number} for number in numbers],
            )

    def clear(self) -> None:
        """Forget all entries."""
        self._connection.execute(text("DELETE FROM search_terms"))

    def finish(self) -> None:
        """Leave it to FTS5, which merges its parts as it goes."""

    def find(self, term: str, *, prefix: bool = False) -> tuple[Numbers, ZoneNumbers]:
        """Return the entries with a term, or with one that begins so, and where they have it."""
        condition = "term >= :term AND term < :end" if prefix else "term = :term"
        # In one string, which is several times as fast as a row an entry: a common term stands
        # in tens of thousands.
        found = self._connection.execute(
            text(f"SELECT {_NUMBER_AND_ZONE} FROM search_postings WHERE {condition}"),  # noqa: S608
            {"term": term, "end": term + "\U0010ffff"} if prefix else {"term": term},
        ).scalar()
        both = np.fromstring(found or "", dtype=np.int64, sep=",")
        return (both // len(ZONES)).astype(np.int32), (both % len(ZONES)).astype(np.uint8)


_NUMBER_AND_ZONE = (
    "group_concat(doc * 3 + CASE col WHEN 'titles' THEN 0 WHEN 'keywords' THEN 1 ELSE 2 END)"
)


class PostgresqlTerms:
    """Terms in a tsvector; each says its zone by its first letter, which an index can tell."""

    def __init__(self, connection: Connection) -> None:
        """Use the table on `connection`."""
        self._connection = connection

    def put(self, rows: Sequence[tuple[int, Zones]]) -> None:
        """Store the terms of entries, in the place of earlier ones."""
        self._connection.execute(
            text(
                "INSERT INTO search_terms (number, terms)"
                " SELECT number, array_to_tsvector(string_to_array(terms, ' '))"
                " FROM unnest(CAST(:numbers AS integer[]), CAST(:terms AS text[]))"
                " AS given(number, terms)"
                " ON CONFLICT (number) DO UPDATE SET terms = excluded.terms"
            ),
            {
                "numbers": [number for number, _ in rows],
                "terms": [" ".join(_with_zones(zones)) for _, zones in rows],
            },
        )

    def remove(self, numbers: Collection[int]) -> None:
        """Forget entries."""
        self._connection.execute(
            text("DELETE FROM search_terms WHERE number IN :numbers").bindparams(
                bindparam("numbers", expanding=True)
            ),
            {"numbers": list(numbers)},
        )

    def clear(self) -> None:
        """Forget all entries."""
        self._connection.execute(text("DELETE FROM search_terms"))

    def finish(self) -> None:
        """Sort in what was put aside while writing; every search would read it through."""
        self._connection.execute(text("SELECT gin_clean_pending_list('ix_search_terms_terms')"))

    def find(self, term: str, *, prefix: bool = False) -> tuple[Numbers, ZoneNumbers]:
        """Return the entries with a term, or with one that begins so, and where they have it."""
        end = f"{_quoted(term)}'{':*' if prefix else ''}"
        found = self._connection.execute(
            _OF_ALL_ZONES, {letter: f"'{letter}{end}" for letter in _LETTERS}
        ).one()
        # As text, which is read several times as fast as a list.
        numbers = [np.fromstring(one or "", dtype=np.int32, sep=",") for one in found]
        zones = np.repeat(np.arange(len(ZONES), dtype=np.uint8), list(map(len, numbers)))
        return np.concatenate(numbers), zones


_LETTERS = ("t", "k", "r")
_OF_ZONE = (
    "(SELECT string_agg(CAST(number AS text), ',') FROM search_terms"
    " WHERE terms @@ CAST(:{} AS tsquery))"
)
_OF_ALL_ZONES = text("SELECT " + ", ".join(map(_OF_ZONE.format, _LETTERS)))


def _with_zones(zones: Zones) -> Iterable[str]:
    for letter, terms in zip(_LETTERS, zones, strict=True):
        for term in terms:
            yield letter + term


def _quoted(term: str) -> str:
    return term.replace("\\", "\\\\").replace("'", "''")
