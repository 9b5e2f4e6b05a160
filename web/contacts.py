"""How to reach people, in memory only, until they ask to be called."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

KEPT_SECONDS = 30 * 60
KEPT_CONVERSATIONS = 10_000


class Contacts:
    """The phone numbers and addresses that people wrote lately, by conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin empty; `clock` gives seconds."""
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()

    def remember(self, conversation_id: str, contacts: Sequence[str]) -> None:
        """Keep the newest contacts of a conversation for half an hour."""
        self._drop_old()
        if contacts:
            self._kept[conversation_id] = (self._clock(), tuple(contacts))
            self._kept.move_to_end(conversation_id)

    def of(self, conversation_id: str) -> tuple[str, ...]:
        """Return what is kept of a conversation."""
        self._drop_old()
        return self._kept.get(conversation_id, (0.0, ()))[1]

    def forget(self, conversation_id: str) -> None:
        """Drop what is kept of a conversation."""
        self._kept.pop(conversation_id, None)

    def _drop_old(self) -> None:
        while self._kept:
            since, _ = next(iter(self._kept.values()))
            is_old = since < self._clock() - KEPT_SECONDS
            if not is_old and len(self._kept) <= KEPT_CONVERSATIONS:
                return
            self._kept.popitem(last=False)
