"""What lies outside the database: saved exports, and the list of the erased for restored backups.

A backup from before an erasure does not know of it. So the keyed hashes of the erased are kept
beside the database too; whoever restores a backup leaves this file as it is.
"""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

ERASED = "erased.txt"
EXPORTS = "exports"
# A saved export is handed over and then no longer needed.
EXPORT_DAYS = 30
_LINE = re.compile(r"([0-9a-f]{64}) (\S+)")
_ID = re.compile(r"[0-9a-f]{32}")


def remember_erased(home: Path, moments: dict[str, datetime]) -> None:
    """Add keyed hashes of erased conversations to the list, each with its moment."""
    if not moments:
        return
    home.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{known} {moment.isoformat()}\n" for known, moment in moments.items())
    descriptor = os.open(home / ERASED, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def read_erased(home: Path) -> dict[str, datetime]:
    """Return the list; a line that was cut off by a crash is left out."""
    return read_list(home / ERASED)


def read_list(path: Path) -> dict[str, datetime]:
    """Return a list of the erased that lies elsewhere; empty where there is none."""
    text = path.read_text(encoding="ascii", errors="replace") if path.exists() else ""
    found = map(_LINE.fullmatch, text.splitlines())
    return {line[1]: datetime.fromisoformat(line[2]) for line in found if line}


def save_export(home: Path, conversation_id: str, text: str) -> Path:
    """Write a person's data to a file that only the service's own account can read."""
    path = _export(home, conversation_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def forget_export(home: Path, conversation_id: str) -> bool:
    """Remove a conversation's saved export; False when there was none."""
    if not _ID.fullmatch(conversation_id) or not has_export(home, conversation_id):
        return False
    _export(home, conversation_id).unlink(missing_ok=True)
    return True


def has_export(home: Path, conversation_id: str) -> bool:
    """Say whether an export of a conversation lies in the folder."""
    return bool(_ID.fullmatch(conversation_id)) and _export(home, conversation_id).exists()


def saved_exports(home: Path) -> list[str]:
    """Return whose exports lie in the folder."""
    return [path.stem for path in (home / EXPORTS).glob("*.json") if _ID.fullmatch(path.stem)]


def purge_exports(home: Path, *, now: datetime) -> int:
    """Remove exports that were saved long ago, and return how many."""
    oldest = (now - timedelta(days=EXPORT_DAYS)).timestamp()
    old = [known for known in saved_exports(home) if _export(home, known).stat().st_mtime < oldest]
    return sum(forget_export(home, known) for known in old)


def _export(home: Path, conversation_id: str) -> Path:
    return home / EXPORTS / f"{conversation_id}.json"
