"""Words that coaches search for, kept in memory for a while so that no address holds them."""

from __future__ import annotations

import secrets
from collections import OrderedDict

from coaching.desk_models import Coach

# A key that is no longer known only means typing the words once more.
KEPT = 500


class KeptWords:
    """What was searched for, by a key that only the coach who typed it can use."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._words: OrderedDict[tuple[int, str], str] = OrderedDict()

    def keep(self, coach: Coach, words: str) -> str:
        """Return a new key for the words."""
        key = secrets.token_urlsafe(9)
        self._words[coach.id, key] = words
        while len(self._words) > KEPT:
            self._words.popitem(last=False)
        return key

    def find(self, coach: Coach, key: str) -> str | None:
        """Return the words of a key, None when they are forgotten or somebody else's."""
        return self._words.get((coach.id, key))
