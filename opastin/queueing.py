"""Lets one process at a time change what all share."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection

# Any numbers do that nothing else in the database uses; these spell "opastin" and "purge".
SET_UP, PURGE = 0x6F70617374696E, 0x7075726765


def wait_for_others(connection: Connection, work: int = SET_UP) -> None:
    """Go on when no other process is at the same work in a transaction of the same database.

    SQLite needs nothing: it has one transaction that writes at a time.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": work})
