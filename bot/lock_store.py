"""Rasa's locks of conversations, kept where every worker sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import InMemoryLockStore

from opastin.locks import ConversationLocks

# Beyond what the gateway waits for an answer, until the turn of a dead worker is given up.
GRACE_SECONDS = 20.0


class SharedLockStore(InMemoryLockStore):
    """One message at a time in a conversation.

    Rasa's own for Redis blocks the whole process at each call, looks again once a second, and
    answers nobody while Redis is away.
    """

    def __init__(self, redis_url: str | None, *, turn_seconds: float) -> None:
        """Hold locks in Redis too where there is one; a turn takes `turn_seconds` at most."""
        super().__init__()
        self._locks = ConversationLocks(
            redis_url, kind="bot", held_seconds=turn_seconds + GRACE_SECONDS
        )

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_limits: Any, **_more: Any) -> AsyncIterator[None]:
        """Hold a conversation's lock while the context lasts."""
        async with self._locks.alone(conversation_id):
            yield

    async def close(self) -> None:
        """Close the connections."""
        await self._locks.close()
