"""Read the rows of many study options at once, and write what has changed of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, tuple_, update
from sqlalchemy.engine import Connection

from catalog.importers.bulk import insert_rows
from catalog.models import Offering, OptionText, StudyOption

Row = dict[str, Any]

OPTIONS: Table = StudyOption.__table__
TEXTS: Table = OptionText.__table__
OFFERINGS: Table = Offering.__table__
# What each import renews, which is no change of the option.
READING = ("source_name", "read_on")


@dataclass(frozen=True)
class OptionRows:
    """The rows of a study option: its own, its texts by language, its offerings by id, in order."""

    option: Row
    texts: Mapping[str, Row] = field(default_factory=dict)
    offerings: Mapping[str, Row] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the option."""
        return str(self.option["id"])


def read_rows(connection: Connection, ids: Collection[str]) -> dict[str, OptionRows]:
    """Return the stored rows of the options of these ids, as far as there are any."""
    options = _select(connection, OPTIONS, OPTIONS.c.id, ids)
    if not options:
        return {}
    texts: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in _select(connection, TEXTS, TEXTS.c.option_id, ids):
        texts[row["option_id"]][row["language"]] = row
    offerings: dict[str, dict[str, Row]] = defaultdict(dict)
    found = _select(connection, OFFERINGS, OFFERINGS.c.option_id, ids)
    for row in sorted(found, key=lambda row: row["position"]):
        offerings[row["option_id"]][row["id"]] = row
    return {
        row["id"]: OptionRows(row, texts.get(row["id"], {}), offerings.get(row["id"], {}))
        for row in options
    }


def write_rows(
    connection: Connection, before: Mapping[str, OptionRows], after: Iterable[OptionRows]
) -> None:
    """Write the rows of `after` where they are others than `before`, which is what is stored."""
    new: list[Row] = []
    changed: list[Row] = []
    read: dict[tuple[str, date], list[str]] = defaultdict(list)
    texts, offerings = _Parts(TEXTS, "language"), _Parts(OFFERINGS, "id")
    for rows in after:
        stored = before.get(rows.id)
        if stored is None:
            new.append(rows.option)
        elif stored.option != rows.option:
            if is_same_but_for_reading(stored.option, rows.option):
                read[rows.option["source_name"], rows.option["read_on"]].append(rows.id)
            else:
                changed.append(rows.option)
        texts.compare(stored.texts if stored else {}, rows.texts)
        offerings.compare(stored.offerings if stored else {}, rows.offerings)
    insert_rows(connection, OPTIONS, new)
    if changed:
        # A column's own name is taken for its new value.
        where = OPTIONS.c.id == bindparam("option")
        connection.execute(
            update(OPTIONS).where(where), [{**row, "option": row["id"]} for row in changed]
        )
    for (source_name, read_on), ids in read.items():
        values = {"source_name": source_name, "read_on": read_on}
        connection.execute(update(OPTIONS).where(OPTIONS.c.id.in_(ids)).values(values))
    texts.write(connection)
    offerings.write(connection)


def is_same_but_for_reading(one: Row, other: Row) -> bool:
    """Say whether two rows of an option differ in nothing but where and when it was read."""
    return one == other or {**one, **{name: other[name] for name in READING}} == other


class _Parts:
    """Rows of a table below an option: those to delete, and those to insert."""

    def __init__(self, table: Table, key: str) -> None:
        self._table = table
        self._key = key
        self._gone: list[tuple[str, str]] = []
        self._new: list[Row] = []

    def compare(self, before: Mapping[str, Row], after: Mapping[str, Row]) -> None:
        """Note what has changed; a row that has is deleted and inserted again."""
        if before == after:
            return
        for key, row in before.items():
            if after.get(key) != row:
                self._gone.append((row["option_id"], row[self._key]))
        self._new += [row for key, row in after.items() if before.get(key) != row]

    def write(self, connection: Connection) -> None:
        """Write what was noted."""
        if self._gone:
            key: Any = tuple_(self._table.c.option_id, self._table.c[self._key])
            connection.execute(delete(self._table).where(key.in_(self._gone)))
        insert_rows(connection, self._table, self._new)


def _select(connection: Connection, table: Table, column: Any, ids: Collection[str]) -> list[Row]:
    names = table.columns.keys()
    found = connection.execute(select(table).where(column.in_(ids)))
    return [dict(zip(names, row, strict=True)) for row in found]
