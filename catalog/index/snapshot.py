"""One state of the catalogue, ready to be searched; processes share it through files."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from catalog.index.columns import Array, Columns, read_columns
from catalog.index.meaning import Meanings, read_meanings
from catalog.index.postings import Postings
from catalog.index.revision import revision
from opastin.settings import load_settings

# Fewer options are read from the database as fast as from files.
WORTH_A_FILE = 2000
FOLDER = "search"
# Part of a folder's name: raise it when other arrays are kept.
LAYOUT = 2
# Fewer are read before a person notices.
WORTH_A_THREAD = 10_000
# So many terms are looked up ahead: a common one takes as long as a whole search.
LOOKED_UP = 500
# The state that searches ask, and the one that those under way still do.
KEPT = 2

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """What searches of one state of the catalogue share."""

    columns: Columns
    meanings: Meanings
    postings: Postings
    url: URL


def current_snapshot(connection: Connection) -> Snapshot:
    """Return the state that this transaction sees, read anew only after a change.

    A large catalogue takes seconds to read. Where the state before is known, that is returned
    meanwhile, and a thread of its own reads the new one.
    """
    token = revision(connection)
    kept = _snapshots.get(token)
    if kept is not None:
        return kept
    engine = connection.engine
    earlier = _earlier(engine)
    if earlier is None:
        with _lock:
            return _snapshots.get(token) or _keep(token, _load(connection, token))
    # Who is first reads it; the others have nothing to wait for.
    if _renewing.acquire(blocking=False):
        threading.Thread(target=_renew, args=(engine, earlier), daemon=True).start()
    return earlier


_snapshots: OrderedDict[str, Snapshot] = OrderedDict()
_lock = threading.Lock()
_renewing = threading.Lock()


def _keep(token: str, snapshot: Snapshot) -> Snapshot:
    _snapshots[token] = snapshot
    while len(_snapshots) > KEPT:
        _snapshots.popitem(last=False)
    return snapshot


def _earlier(engine: Engine) -> Snapshot | None:
    """Return the newest known state of a large catalogue in this database, None without one."""
    # All connections to a database in memory are one, which two threads can't use at once.
    if isinstance(engine.pool, StaticPool):
        return None
    of_database = [kept for kept in list(_snapshots.values()) if kept.url == engine.url]
    is_large = of_database and of_database[-1].columns.count >= WORTH_A_THREAD
    return of_database[-1] if is_large else None


def _renew(engine: Engine, earlier: Snapshot) -> None:
    """Read the state that is stored now, and the terms that the earlier one was asked for."""
    try:
        with engine.connect() as connection:
            token = revision(connection)
            if token not in _snapshots:
                snapshot = _load(connection, token)
                snapshot.postings.look_up(connection, earlier.postings.latest(LOOKED_UP))
                with _lock:
                    _keep(token, snapshot)
    except (SQLAlchemyError, OSError) as error:
        logger.warning("The changed catalogue cannot be read for searching (%s).", error)
    finally:
        _renewing.release()


def _load(connection: Connection, token: str) -> Snapshot:
    folder = load_settings().home / FOLDER / f"{token}-{LAYOUT}"
    kept = _read_files(folder)
    if kept is None:
        columns = read_columns(connection)
        meanings = read_meanings(connection, columns)
        if columns.count >= WORTH_A_FILE:
            _write_files(folder, {**columns.arrays(), **_prefixed(meanings.arrays())})
            # Mapped, it is shared with other processes.
            columns, meanings = _read_files(folder) or (columns, meanings)
    else:
        columns, meanings = kept
    return Snapshot(columns, meanings, Postings(columns), connection.engine.url)


_PREFIX = "meaning_"


def _prefixed(arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {_PREFIX + name: array for name, array in arrays.items()}


def _read_files(folder: Path) -> tuple[Columns, Meanings] | None:
    """Map the files of a state into memory; None where there are none, or broken ones."""
    if not folder.is_dir():
        return None
    try:
        columns = Columns(**{name: _mapped(folder, name) for name in _names(Columns)})
        meanings = Meanings(**{name: _mapped(folder, _PREFIX + name) for name in _names(Meanings)})
    except (OSError, ValueError, EOFError) as error:
        logger.warning("The search files in %s cannot be read (%s).", folder, error)
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return columns, meanings


def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def _mapped(folder: Path, name: str) -> Array:
    # An empty file cannot be mapped, and a plain view is cheaper to take parts of.
    array: Array = np.load(folder / f"{name}.npy", allow_pickle=False, mmap_mode="r")
    return np.asarray(array)


def _write_files(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write the files of a state and drop earlier ones; what cannot be written is done without."""
    partial = folder.with_name(f"partial-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        partial.mkdir(parents=True)
        for name, array in arrays.items():
            np.save(partial / f"{name}.npy", array, allow_pickle=False)
        earlier = [path for path in folder.parent.iterdir() if path != partial]
        partial.rename(folder)
    except OSError as error:
        logger.warning("The search files cannot be kept in %s (%s).", folder, error)
        shutil.rmtree(partial, ignore_errors=True)
        return
    for path in earlier:
        # Who has mapped an earlier state keeps it until done.
        if path != folder and not path.name.startswith("partial-"):
            with suppress(OSError):
                shutil.rmtree(path)
