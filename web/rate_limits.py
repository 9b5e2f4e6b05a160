"""How often a conversation may say something, an address begin one, and staff try a PIN."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute, strategies
from limits.aio.storage import MemoryStorage
from limits.aio.storage.memory import Entry
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import RedisStorage

from opastin.locks import REDIS_SECONDS
from web.errors import ApiError

# Whoever tries out PINs of six digits needs years at this pace.
PIN_TRIES, PIN_MINUTES = 5, 10
TIDY_SECONDS = 60.0
# Redis that gave no answer is left alone so long: each question may keep one of few threads busy
# for a second, and people would wait for those.
AWAY_SECONDS = 2.0


class Windows(MemoryStorage):  # type: ignore[misc]  # `limits` is not read by mypy
    """The library's windows in memory, without its look through all of them at every message."""

    def __init__(self) -> None:
        """Begin without windows."""
        super().__init__()
        self._tidied_at = time.time()

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` under `key` unless that would be more than `limit` in `expiry` seconds."""
        now = time.time()
        self._tidy(now)
        # The newest stand first. Nothing is awaited, so no lock is needed.
        entries = self.events.setdefault(key, [])
        if entries and entries[0].atime > now:
            # The clock was set back: nobody waits until it is as late again.
            entries.clear()
        while entries and entries[-1].expiry <= now:
            entries.pop()
        if len(entries) + amount > limit:
            return False
        entries[:0] = [Entry(expiry) for _ in range(amount)]
        return True

    def _tidy(self, now: float) -> None:
        if now < self._tidied_at + TIDY_SECONDS:
            return
        self._tidied_at = now
        for key in [key for key, entries in self.events.items() if _is_over(entries, now)]:
            del self.events[key]


class RateLimits:
    """Moving windows of a minute, kept in Redis where there is one for several gateways."""

    def __init__(
        self,
        *,
        messages_per_minute: int,
        conversations_per_minute: int,
        redis_url: str | None = None,
    ) -> None:
        """Allow so many messages a conversation and new conversations an address."""
        self._here = MovingWindowRateLimiter(Windows())
        self._shared = _shared_windows(redis_url) if redis_url is not None else None
        self._is_away_until = 0.0
        self._messages = RateLimitItemPerMinute(messages_per_minute)
        self._conversations = RateLimitItemPerMinute(conversations_per_minute)
        self._pins = RateLimitItemPerMinute(PIN_TRIES, PIN_MINUTES)

    async def take_message(self, token_hash: str) -> None:
        """Count a message of whoever holds a token, or raise ApiError."""
        await self._take(self._messages, f"message:{token_hash}")

    async def take_conversation(self, address: str) -> None:
        """Count a new conversation from an address, or raise ApiError."""
        await self._take(self._conversations, f"conversation:{address}")

    async def take_visit(self, kiosk_id: str) -> None:
        """Count a new visit to a device, whatever address it has, or raise ApiError."""
        await self._take(self._conversations, f"kiosk:{kiosk_id}")

    async def take_pin(self, kiosk_id: str) -> None:
        """Count a try of a device's PIN, or raise ApiError."""
        await self._take(self._pins, f"pin:{kiosk_id}")

    async def forgive_pins(self, kiosk_id: str) -> None:
        """Forget the tries of a device's PIN: the right one has come."""
        await self._ask("clear", self._pins, f"pin:{kiosk_id}")

    async def close(self) -> None:
        """Close the connections."""
        if self._shared is not None:
            self._shared.storage.storage.close()

    async def _take(self, item: RateLimitItem, key: str) -> None:
        if await self._ask("hit", item, key):
            return
        window = await self._ask("get_window_stats", item, key)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise ApiError("rate", retry_after_seconds=seconds)

    async def _ask(self, question: str, item: RateLimitItem, key: str) -> Any:
        """Ask the windows that all gateways share; this one's own while Redis is away."""
        if self._shared is not None and time.monotonic() >= self._is_away_until:
            try:
                return await asyncio.to_thread(getattr(self._shared, question), item, key)
            except StorageError:
                self._is_away_until = time.monotonic() + AWAY_SECONDS
        return await getattr(self._here, question)(item, key)


def _shared_windows(redis_url: str) -> strategies.MovingWindowRateLimiter:
    # The library's client that waits in the event loop needs a newer Redis package than Rasa bears.
    storage = RedisStorage(
        redis_url,
        wrap_exceptions=True,
        key_prefix="opastin:limits",
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    return strategies.MovingWindowRateLimiter(storage)


def _is_over(entries: list[Any], now: float) -> bool:
    return not entries or bool(entries[0].expiry <= now)
