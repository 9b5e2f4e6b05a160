"""Rankings for programs: a few at a time, and only so many waiting, whoever asks for them.

Nobody needs a token for one, and each takes as much work as a turn of the bot.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from web.errors import ApiError

# In threads of their own: what a conversation needs must not wait behind them.
THREADS = 2
MOST_WAITING = 50
RETRY_SECONDS = 2

Result = TypeVar("Result")


class Rankings:
    """Does the work of rankings, or refuses it while too much is waiting."""

    def __init__(self) -> None:
        """Begin without work."""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="rankings")
        self._count = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` gives, or raise ApiError where too many wait already."""
        if self._count >= THREADS + MOST_WAITING:
            raise ApiError("rate", retry_after_seconds=RETRY_SECONDS)
        self._count += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._count -= 1

    def close(self) -> None:
        """Wait for what is under way; what waits is left undone."""
        self._threads.shutdown(wait=True, cancel_futures=True)
