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
from sqlalchemy.engine import Connection

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
# The state that searches ask, and the one that those under way still do.
KEPT = 2

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """What searches of one state of the catalogue share."""

    columns: Columns
    meanings: Meanings
    postings: Postings


def current_snapshot(connection: Connection) -> Snapshot:
    """Return the state that this transaction sees, read anew only after a change."""
    token = revision(connection)
    with _lock:
        if token not in _snapshots:
            _snapshots[token] = _load(connection, token)
            while len(_snapshots) > KEPT:
                _snapshots.popitem(last=False)
        return _snapshots[token]


_snapshots: OrderedDict[str, Snapshot] = OrderedDict()
_lock = threading.Lock()


def _load(connection: Connection, token: str) -> Snapshot:
    folder = load_settings().home / FOLDER / f"{token}-{LAYOUT}"
    kept = _read_files(folder)
    if kept is None:
        columns = read_columns(connection)
        meanings = read_meanings(connection, columns)
        if columns.count >= WORTH_A_FILE:
            _write_files(folder, {**columns.arrays(), **_prefixed(meanings.arrays())})
    else:
        columns, meanings = kept
    return Snapshot(columns, meanings, Postings(columns))


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
