"""The conversations' database for a command: brought up to date, opened, committed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opastin.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def conversations_session(settings: Settings) -> Iterator[Session]:
    """Yield a session that is committed at the end, unless something was raised."""
    from coaching.db import open_engine, session_factory, upgrade_engine

    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        with session_factory(engine).begin() as session:
            yield session
    finally:
        engine.dispose()
