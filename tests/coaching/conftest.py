"""A conversations' database in a file, as in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session

from coaching.conversations import Started, start
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.pseudonyms import Pseudonyms

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def now() -> datetime:
    """Return the moment at which everything happens."""
    return NOW


@pytest.fixture
def pseudonyms() -> Pseudonyms:
    """Return pseudonyms with a key of their own."""
    return Pseudonyms(b"a key for tests only")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return where the database's file is."""
    return tmp_path / "conversations.db"


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    """Open a new database with all its tables."""
    engine = open_engine(f"sqlite:///{database}")
    upgrade_engine(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Open a new database of each kind in turn."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path / 'conversations.db'}"
        else:
            url = stack.enter_context(new_database(request.getfixturevalue("postgresql")))
        engine = open_engine(url)
        upgrade_engine(engine)
        yield engine
        engine.dispose()


@contextmanager
def new_database(postgresql: str) -> Iterator[str]:
    """Make a database on the server of all tests, yield its address, and drop it."""
    server = create_engine(postgresql, future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE either")
    yield make_url(postgresql).set(database="either").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE either")
    server.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Open a session on the database."""
    with session_factory(engine)() as session:
        yield session


@pytest.fixture
def begin(session: Session, now: datetime):
    """Start conversations."""

    def begin(*, at: datetime = now, language: str = "fi") -> Started:
        return start(session, channel="test", language=language, plain_language=False, now=at)

    return begin
