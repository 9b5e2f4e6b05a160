"""Whether a SQLite file is whole: what a broken disk or a copy of a file in use leaves is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url


def find_damage(url: str) -> str | None:
    """Return what is wrong with the SQLite file behind an address; None where nothing is.

    What cannot be looked at for another reason than its content is not damaged.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    path = Path(address.database)
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=5.0)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        # Locked or unreadable: reaching it will tell.
        return None
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found).splitlines()[-1]
