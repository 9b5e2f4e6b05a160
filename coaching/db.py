"""Open the conversations' database and bring its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from opastin.errors import UserError
from opastin.queueing import wait_for_others

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 5000
# The catalogue may share a PostgreSQL database with the conversations.
VERSION_TABLE = "coaching_version"


def open_engine(url: str) -> Engine:
    """Return an engine on `url`; a SQLite file's folder is created when it is missing."""
    try:
        return _open_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UserError(
            "OPASTIN_CONVERSATIONS_URL is not an address that SQLAlchemy can open; write it like "
            "sqlite:////srv/conversations.db or postgresql://user@host/conversations."
        ) from error
    except OSError as error:
        raise UserError(f"The conversations' folder cannot be made: {error}.") from error


def upgrade(url: str) -> None:
    """Bring the tables to the newest version; a new database gets all of them."""
    engine = open_engine(url)
    try:
        upgrade_engine(engine)
    finally:
        engine.dispose()


def upgrade_engine(engine: Engine) -> None:
    """Bring the tables behind an open engine to the newest version.

    A database that cannot be used is a UserError.
    """
    try:
        _upgrade(engine)
    except DBAPIError as error:
        raise UserError(
            f"The conversations' database cannot be used ({error.orig}); "
            "check OPASTIN_CONVERSATIONS_URL."
        ) from error


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Return a factory of sessions on `engine`."""
    return sessionmaker(engine, future=True, expire_on_commit=False)


def _open_engine(url: str) -> Engine:
    address = make_url(url)
    # Parameters are people's words, and errors are logged.
    options: dict[str, Any] = {"future": True, "hide_parameters": True}
    if address.get_backend_name() != "sqlite":
        remote: Engine = create_engine(url, pool_pre_ping=True, **options)
        return remote
    # Connections pass between the gateway's threads; opening one each time costs more.
    options["connect_args"] = {"check_same_thread": False}
    if not address.database or address.database == ":memory:":
        options["poolclass"] = StaticPool
    else:
        options["poolclass"] = QueuePool
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine: Engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        wait_for_others(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A reader that turns into a writer fails at once when Rasa's process has written in
    # between, whatever the time-out; one that means to write from the start waits.
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
