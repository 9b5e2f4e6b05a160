"""What the commands of the catalogue share: a session to read with, and one to write with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalog.db import session_factory, upgrade
from catalog.sample import load_sample, sample_is_due
from opastin.errors import UserError
from opastin.settings import load_settings


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
        raise UserError(f"The catalogue cannot be written: {error.orig}.") from error


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session that sees one state of the catalogue."""
    try:
        with session_factory()() as session:
            yield session
    except DBAPIError as error:
        raise UserError(f"The catalogue cannot be read: {error.orig}.") from error
