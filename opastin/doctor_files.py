"""Whether others on the machine can read what the service keeps, and what it keeps too long."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from opastin.doctor import Finding
from opastin.settings import Settings

BACKUPS = "backups"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
MOST_NAMED = 5


def examine_files(settings: Settings) -> Iterator[Finding]:
    """Yield what is open to others in the home, beside it, and among its backups."""
    if not settings.home.is_dir():
        text = f"{settings.home} is not there: start the service once, or set OPASTIN_HOME"
        yield Finding("optional", "home", text)
        return
    yield _home(settings.home)
    yield _environment_file(Path.cwd() / ".env")
    yield _backups(settings)


def _home(home: Path) -> Finding:
    if home.stat().st_uid not in (os.geteuid(), 0):
        return Finding("broken", "home", f"{home} belongs to another account: chown it")
    if not _mode(home) & OTHERS:
        return Finding("ok", "home", f"{home} is closed to other accounts")
    # A folder that others may enter is as open as each file in it.
    files = [path for path in sorted(home.rglob("*")) if path.is_file() and _mode(path) & OTHERS]
    if _mode(home) & OTHERS_WRITE or files:
        text = f"other accounts of this machine can read {_named(home, files)}"
        return Finding("broken", "home", f"{text}: chmod 700 {home}")
    return Finding("optional", "home", f"others can list {home}: chmod 700 {home}")


def _environment_file(path: Path) -> Finding:
    if not path.is_file():
        return Finding("ok", ".env", "none here")
    if _mode(path) & OTHERS:
        text = f"other accounts can read the secrets in {path}: chmod 600 {path}"
        return Finding("broken", ".env", text)
    return Finding("ok", ".env", "closed to other accounts")


def _backups(settings: Settings) -> Finding:
    folder = settings.home / BACKUPS
    days = settings.retention_days
    if not folder.is_dir():
        return Finding("ok", BACKUPS, f"none in {folder}; keep others no longer than {days} days")
    # Files have real times, whatever moment the settings fix.
    oldest = datetime.now(timezone.utc) - timedelta(days=days)
    late = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_mtime < oldest.timestamp()
    ]
    if late:
        text = f"older than the {days} days that conversations are kept: delete"
        return Finding("broken", BACKUPS, f"{text} {_named(folder, late)}")
    return Finding("ok", BACKUPS, f"none older than {days} days")


def _named(folder: Path, files: list[Path]) -> str:
    names = [str(path.relative_to(folder)) for path in files[:MOST_NAMED]]
    more = len(files) - len(names)
    return (", ".join(names) or folder.name) + (f" and {more} more" if more else "")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
