"""Rewrite a SQLite file so that nothing deleted stays in it; elsewhere there is nothing to do.

`secure_delete` overwrites deleted rows and freed pages, but not the copies that now and then
remain where a page was split: of words in an index about one in two hundred. Only VACUUM leaves
those behind, and nobody else can write while it is at work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Engine

from coaching.transcript_index import MERGE

# VACUUM of so much takes about half a second on a slow machine that has nothing else to do.
SMALL_BYTES = 16 * 1024 * 1024
# Each waits for other processes as long as the connection's busy time-out.
_ATTEMPTS = 2


class ErasureIncomplete(Exception):
    """Words are left after an erasure; the message says where."""


def rewrite(engine: Engine) -> bool:
    """Rewrite the file and empty its log, however long that takes; return True."""
    with _raw(engine) as raw:
        if raw is not None:
            _empty_log(raw, vacuum=True)
    return True


def rewrite_if_small(engine: Engine) -> bool:
    """Rewrite a small file and empty its log; of a larger one empty the log, and return False."""
    with _raw(engine) as raw:
        if raw is None:
            return True
        is_small = _bytes_of(raw) <= SMALL_BYTES
        _empty_log(raw, vacuum=is_small)
        return is_small


@contextmanager
def _raw(engine: Engine) -> Iterator[Any]:
    """Yield the driver's own connection, None where the database is no SQLite file."""
    if engine.dialect.name != "sqlite":
        yield None
        return
    raw: Any = engine.raw_connection()
    try:
        yield raw
    except sqlite3.OperationalError as error:
        raise ErasureIncomplete(f"The file could not be rewritten: {error}.") from error
    finally:
        raw.close()


def _empty_log(raw: Any, *, vacuum: bool) -> None:
    for _ in range(_ATTEMPTS):
        if vacuum:
            # Until its parts are merged, the full-text index keeps the words of deleted rows.
            raw.execute(MERGE)
            raw.execute("VACUUM")
        is_busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not is_busy:
            return
    raise ErasureIncomplete("Another process reads the database, so its log is not yet emptied.")


def _bytes_of(raw: Any) -> int:
    pages, size = (
        raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    return int(pages) * int(size)
