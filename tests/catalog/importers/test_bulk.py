"""Rows that are inserted at once come back as they were, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from catalog.db import open_engine, upgrade_connection
from catalog.importers.bulk import insert_rows
from catalog.models import Source, StudyOption
from tests.postgresql import running_server

OPTIONS = StudyOption.__table__
EMPTY = {
    **{column.name: None for column in OPTIONS.columns},
    "type": "course",
    "keywords": (),
    "language_required": (),
    "funding": (),
    "source_name": "tests",
    "read_on": date(2026, 3, 1),
}
# What would mean something in the format that rows are copied in.
TEXTS = ('a "b", c', "\\N", "a\n\\.\nb", "\\.", "", " ", "tab\tand\r\nend", "'; --", "Åäö €😀")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield open_engine("sqlite://")
        return
    with running_server() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def test_rows_come_back_as_they_were(engine):
    rows = [
        {
            **EMPTY,
            "id": f"option-{number}",
            "leads_to_fi": text,
            "keywords": (text,) if text and ";" not in text else (),
            "credits": number / 3,
            "employing": (None, True, False)[number % 3],
            "route_apply_by": date(2026, 2, 28) if number % 2 else None,
        }
        for number, text in enumerate(TEXTS)
    ]
    with engine.begin() as connection:
        upgrade_connection(connection)
        insert_rows(
            connection,
            Source.__table__,
            [{"name": "tests", "sample": False, "read_on": date(2026, 3, 1), "checksum": None}],
        )
        insert_rows(connection, OPTIONS, rows)
        insert_rows(connection, OPTIONS, [])
        stored = connection.execute(select(OPTIONS).order_by(OPTIONS.c.id)).mappings()
        assert [dict(row) for row in stored] == rows
