"""Lets one process at a time change what all share."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection

# Any number does that nothing else in the database uses; this one spells "opastin".
_LOCK = 0x6F70617374696E


def wait_for_others(connection: Connection) -> None:
    """Go on when no other process is past this point in a transaction of the same database.

    SQLite needs nothing: it has one transaction that writes at a time.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
