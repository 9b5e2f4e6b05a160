"""Has the database's file rewritten at night, where that keeps others waiting by day."""

from __future__ import annotations

from datetime import datetime, time

from coaching.sqlite_file import rewrite
from opastin.settings import TIME_ZONE
from web.storage import Storage

NIGHT = (time(2), time(5))


class Rewriting:
    """Remembers whether an erasure has left the file to be rewritten."""

    def __init__(self, storage: Storage) -> None:
        """Begin with a file to rewrite: nobody knows what was left to do before the start."""
        self._storage = storage
        self._is_owed = True

    def note(self, *, is_thorough: bool) -> None:
        """Remember that something was erased, and whether the file was rewritten for it."""
        self._is_owed = not is_thorough

    async def rewrite_at_night(self, now: datetime) -> None:
        """Rewrite the file when it is night and something was left to do."""
        begins, ends = NIGHT
        if not self._is_owed or not begins <= now.astimezone(TIME_ZONE).time() < ends:
            return
        # What is erased meanwhile says so itself.
        self._is_owed = False
        try:
            await self._storage.run(rewrite)
        except Exception:
            self._is_owed = True
            raise
