"""Which state of the catalogue is stored: a new token for every change that search can see."""

from __future__ import annotations

import secrets

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from catalog.index import terms

TABLE = "search_state"


def revision(connection: Connection) -> str:
    """Return the token of what this transaction sees; two states never have the same."""
    return str(connection.execute(text("SELECT revision FROM search_state")).scalar() or "")


def renew_revision(connection: Connection) -> None:
    """Say that options, offerings or their texts have changed; the caller commits."""
    _write(connection, "UPDATE search_state SET revision = :revision")


def note_terms(connection: Connection) -> None:
    """Say that the whole catalogue is indexed as this version of the code does it."""
    connection.execute(text("DELETE FROM search_state"))
    _write(connection, "INSERT INTO search_state VALUES (1, :revision, :version)")


def terms_are_current(connection: Connection) -> bool:
    """Say whether the stored terms are those that this version of the code would make.

    True as well where there is no index yet: an older state of the tables has none to renew.
    """
    if not inspect(connection).has_table(TABLE):
        return True
    stored = connection.execute(text("SELECT terms_version FROM search_state")).scalar()
    return stored == terms.VERSION


def _write(connection: Connection, statement: str) -> None:
    values: dict[str, object] = {"revision": secrets.token_hex(16)}
    if ":version" in statement:
        values["version"] = terms.VERSION
    connection.execute(text(statement), values)
