"""Reports that take a while to make: one at a time, and kept for some minutes."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

KEPT_SECONDS = 5 * 60
KEPT_REPORTS = 32


class KeptReports:
    """The reports made lately, by what was asked for.

    Whoever tries one filter after another holds up other reports, and never the chat.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin empty; `clock` gives seconds."""
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._lock = asyncio.Lock()

    async def get(self, wish: Hashable, make: Callable[[], Awaitable[Any]]) -> Any:
        """Return what `make` gives, or gave for the same wish a short while ago."""
        async with self._lock:
            made, report = self._kept.get(wish, (None, None))
            if made is None or made < self._clock() - KEPT_SECONDS:
                report = await make()
                self._kept[wish] = (self._clock(), report)
                self._kept.move_to_end(wish)
            while len(self._kept) > KEPT_REPORTS:
                self._kept.popitem(last=False)
            return report
