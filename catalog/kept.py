"""What was read of the catalogue before, kept in memory until the catalogue changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from catalog.index.revision import revision

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Up to `most` values by key, each for the state of the catalogue that it was read in.

    States have tokens that never come again, so that nothing has to be thrown away on a change:
    what no state asks for any more is the first to go.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._values: OrderedDict[tuple[str, Key], Value] = OrderedDict()
        # The gateway reads in several threads.
        self._lock = threading.Lock()

    def of_now(self, session: Session, keys: Iterable[Key]) -> tuple[str, dict[Key, Value]]:
        """Return the token of what this transaction sees, and those values that are known of it."""
        token = revision(session.connection())
        found = {}
        with self._lock:
            for key in keys:
                if (token, key) in self._values:
                    self._values.move_to_end((token, key))
                    found[key] = self._values[token, key]
        return token, found

    def keep(self, token: str, values: Mapping[Key, Value]) -> None:
        """Keep what was read in the state of `token`; a catalogue without one is not known."""
        if not token:
            return
        with self._lock:
            for key, value in values.items():
                self._values[token, key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
