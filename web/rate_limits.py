"""How often a conversation may say something, an address begin one, and staff try a PIN."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from web.errors import ApiError

# Whoever tries out PINs of six digits needs years at this pace.
PIN_TRIES, PIN_MINUTES = 5, 10


class RateLimits:
    """Moving windows of a minute, kept in this process."""

    def __init__(self, *, messages_per_minute: int, conversations_per_minute: int) -> None:
        """Allow so many messages a conversation and new conversations an address."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
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
        await self._limiter.clear(self._pins, f"pin:{kiosk_id}")

    async def _take(self, item: RateLimitItem, key: str) -> None:
        if await self._limiter.hit(item, key):
            return
        window = await self._limiter.get_window_stats(item, key)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise ApiError("rate", retry_after_seconds=seconds)
