"""A real catalogue in memory, and ways to put something into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalog.db import open_engine, upgrade_connection
from catalog.importers.documents import OfferingDocument, OptionDocument, SourceDocument
from catalog.importers.store import ImportReport, store_documents

TODAY = date(2026, 3, 1)
SOURCE = SourceDocument("tests", sample=False, read_on=TODAY)

Import = Callable[..., ImportReport]


@pytest.fixture
def session() -> Iterator[Session]:
    """A session on a new, empty catalogue."""
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
    with Session(engine, future=True) as session:
        yield session
    engine.dispose()


@pytest.fixture
def store(session: Session) -> Import:
    """A function that stores documents as read today from a source called `tests`."""

    def store_(*documents: object, source: SourceDocument = SOURCE, today: date = TODAY):
        return store_documents(session, documents, source=source, today=today)

    return store_


@pytest.fixture
def add_option(store: Import) -> Callable[..., None]:
    """A function that adds an option with one offering, of which only what matters is told."""

    def add(option_id: str = "a", **values: object) -> None:
        offering_names = OfferingDocument.__dataclass_fields__
        offering = OfferingDocument(id=f"{option_id}-1")
        document = OptionDocument(
            id=option_id, type="course", titles={"fi": "Kurssi"}, offerings=(offering,)
        )
        for name, value in values.items():
            if name in offering_names:
                offering = replace(offering, **{name: value})
            else:
                document = replace(document, **{name: value})
        report = store(replace(document, offerings=(offering,)))
        assert not report.refused

    return add
