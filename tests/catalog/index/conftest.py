"""Catalogues to search, on each database that there may be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from catalog.db import downgrade_connection, open_engine, upgrade_connection
from catalog.index import meaning
from catalog.index.meaning import DIMENSIONS
from catalog.models import LANGUAGES


@pytest.fixture
def no_typical_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take questions as they are: vectors that a test makes up share nothing."""
    shared = {language: np.zeros(DIMENSIONS, dtype=np.float32) for language in LANGUAGES}
    monkeypatch.setattr(meaning, "_typical_questions", lambda: shared)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A catalogue without options, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        engine = open_engine("sqlite://")
    else:
        url = request.getfixturevalue("postgresql")
        engine = create_engine(url, future=True, poolclass=NullPool)
    with engine.begin() as connection:
        upgrade_connection(connection)
    yield engine
    with engine.begin() as connection:
        downgrade_connection(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of which nothing stays."""
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, future=True) as session:
            yield session
        transaction.rollback()
