"""How often a conversation may say something, and an address begin one."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from web.errors import ApiError


class RateLimits:
    """Moving windows of a minute, kept in this process."""

    def __init__(self, *, messages_per_minute: int, conversations_per_minute: int) -> None:
        """Allow so many messages a conversation and new conversations an address."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._messages = RateLimitItemPerMinute(messages_per_minute)
        self._conversations = RateLimitItemPerMinute(conversations_per_minute)

    async def take_message(self, token_hash: str) -> None:
        """Count a message of whoever holds a token, or raise ApiError."""
        await self._take(self._messages, f"message:{token_hash}")

    async def take_conversation(self, address: str) -> None:
        """Count a new conversation from an address, or raise ApiError."""
        await self._take(self._conversations, f"conversation:{address}")

    async def _take(self, item: RateLimitItemPerMinute, key: str) -> None:
        if await self._limiter.hit(item, key):
            return
        window = await self._limiter.get_window_stats(item, key)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        raise ApiError("rate", retry_after_seconds=seconds)
