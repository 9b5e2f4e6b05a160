"""Open the catalogue's database and bring its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from catalog.index.reindex import ensure_index
from catalog.index.revision import terms_are_current
from catalog.reference import reference_differs, store_reference
from opastin.errors import UserError
from opastin.queueing import wait_for_others
from opastin.settings import load_settings

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_SECONDS = 10
NOT_AN_ADDRESS = (
    "OPASTIN_CATALOG_URL is not an address that SQLAlchemy can open; "
    "write it like sqlite:////srv/catalog.db or postgresql://user@host/catalog."
)


def open_engine(url: str, *, writing: bool = False) -> Engine:
    """Open the database; `writing` makes each SQLite transaction take the write lock at once."""
    options: dict[str, Any] = {"future": True}
    if _is_in_memory(url):
        options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    try:
        engine: Engine = create_engine(url, **options)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise UserError(NOT_AN_ADDRESS) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_writing if writing else _begin_reading)
    return engine


def session_factory(url: str | None = None, *, writing: bool = False) -> sessionmaker[Session]:
    """Return a maker of sessions; without `url`, on the catalogue of the settings."""
    engine = open_engine(url or load_settings().catalog_url, writing=writing)
    return sessionmaker(engine, future=True, expire_on_commit=False)


def upgrade(url: str) -> None:
    """Create or upgrade the tables, carry over places and fields, and index what is not yet.

    Harmless when done.
    """
    engine = open_engine(url)
    writing_engine = open_engine(url, writing=True)
    _make_folder(url)
    try:
        # A long import holds the write lock; others need it only when there is something to do.
        with engine.connect() as connection:
            if _is_current(connection):
                return
        with writing_engine.begin() as connection:
            wait_for_others(connection)
            upgrade_connection(connection)
    except DBAPIError as error:
        raise UserError(
            f"The catalogue cannot be opened at {make_url(url)!r}: {error.orig}."
        ) from error
    finally:
        engine.dispose()
        writing_engine.dispose()


def upgrade_connection(connection: Connection, revision: str = "head") -> None:
    """Upgrade within the caller's transaction."""
    command.upgrade(_config(connection), revision)
    store_reference(connection)
    ensure_index(connection)


def downgrade_connection(connection: Connection, revision: str = "base") -> None:
    """Take back migrations within the caller's transaction."""
    command.downgrade(_config(connection), revision)


def _is_current(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    return current == newest and not reference_differs(connection) and terms_are_current(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _is_in_memory(url: str) -> bool:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UserError(NOT_AN_ADDRESS) from error
    is_sqlite = address.drivername.startswith("sqlite")
    return is_sqlite and address.database in (None, "", ":memory:")


def _make_folder(url: str) -> None:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or _is_in_memory(url):
        return
    try:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The catalogue's folder cannot be made: {error}.") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # sqlite3 begins transactions on its own, and not before changes of tables, so that half a
    # migration could stay behind; it is told not to, and SQLAlchemy begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    # A reader that turns into a writer fails at once when another process has written in
    # between, whatever the time-out; one that means to write from the start waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
