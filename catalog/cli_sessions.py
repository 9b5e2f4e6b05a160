"""What the commands of the catalogue share: a session to read with, and one to write with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.sample import load_sample, sample_is_due
from opastin.errors import UserError
from opastin.settings import load_settings

UNDER_WAY = "Another import is under way in this catalogue; try again when it has ended."
# PostgreSQL: the same row from two sides, a lock that is not given, a deadlock, a clash.
_CLASHES = frozenset({"23505", "55P03", "40P01", "40001"})


def prepare() -> None:
    """Make sure that there is a catalogue, and something in it."""
    settings = load_settings()
    upgrade(settings.catalog_url)
    with reading() as session:
        is_due = sample_is_due(session, settings.today())
    if is_due:
        with writing() as session:
            load_sample(session, settings.today())


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session whose work is kept as a whole, or not at all."""
    try:
        with session_factory(writing=True).begin() as session:
            yield session
    except DBAPIError as error:
        raise not_written(error) from error


def not_written(error: DBAPIError) -> UserError:
    """Return what to tell where the database has refused to write."""
    is_locked = isinstance(error.orig, sqlite3.OperationalError) and "locked" in str(error.orig)
    if is_locked or getattr(error.orig, "pgcode", None) in _CLASHES:
        return UserError(UNDER_WAY)
    return UserError(f"The catalogue cannot be written: {' '.join(str(error.orig).split())}.")


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session that sees one state of the catalogue."""
    try:
        with session_factory()() as session:
            yield session
    except DBAPIError as error:
        raise UserError(f"The catalogue cannot be read: {error.orig}.") from error
