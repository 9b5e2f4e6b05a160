"""One at a time in each conversation: in this process, and through Redis in all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.lock import Lock

# So often a lock that another process has is tried again.
LOOK_SECONDS = 0.02
# Redis answers within a millisecond; without it things go on as in a single process.
REDIS_SECONDS = 1.0
# A lock opens so soon once its process has died, before anybody who waits for it gives up; longer
# than a process that lives may be too busy to renew it.
LEASE_SECONDS = 6.0
RENEW_SECONDS = 1.5

logger = logging.getLogger(__name__)


class ConversationLocks:
    """Locks by conversation; one that is held is waited for, however long."""

    def __init__(self, redis_url: str | None, *, kind: str, held_seconds: float) -> None:
        """Keep locks of a `kind`; one that is held longer than `held_seconds` opens by itself."""
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._redis = open_redis(redis_url) if redis_url is not None else None
        self._kind = kind
        self._held_seconds = held_seconds
        self._is_redis_missed = False

    @asynccontextmanager
    async def alone(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for what is under way in a conversation, and keep the rest waiting meanwhile."""
        # The dictionary lets go of a lock when the last who holds or awaits it is done.
        here = self._here.get(conversation_id)
        if here is None:
            here = self._here[conversation_id] = asyncio.Lock()
        async with here:
            everywhere = await self._take(conversation_id)
            if everywhere is None:
                yield
                return
            renewing = asyncio.create_task(self._renew(everywhere))
            try:
                yield
            finally:
                renewing.cancel()
                await asyncio.shield(self._release(everywhere))

    async def close(self) -> None:
        """Close the connections."""
        if self._redis is not None:
            await self._redis.close(close_connection_pool=True)

    async def _take(self, conversation_id: str) -> Lock | None:
        if self._redis is None:
            return None
        from redis.exceptions import RedisError

        lock = self._redis.lock(
            f"opastin:{self._kind}:{conversation_id}",
            timeout=LEASE_SECONDS,
            sleep=LOOK_SECONDS,
            thread_local=False,
        )
        try:
            await lock.acquire()
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._miss_redis(error)
            return None
        self._is_redis_missed = False
        return lock

    async def _renew(self, lock: Lock) -> None:
        """Keep a lock from opening while its holder lives, or until it has been held too long."""
        from redis.exceptions import LockError, RedisError

        for _ in range(round((self._held_seconds - LEASE_SECONDS) / RENEW_SECONDS)):
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(RedisError, OSError, asyncio.TimeoutError):
                try:
                    await lock.reacquire()
                except LockError:
                    # Redis was emptied. Where somebody else has the lock by now, it is theirs.
                    if lock.local.token is not None:
                        await lock.do_acquire(lock.local.token)

    async def _release(self, lock: Lock) -> None:
        from redis.exceptions import RedisError

        try:
            await lock.release()
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            # It opens by itself in time, or Redis has forgotten it already.
            self._miss_redis(error)

    def _miss_redis(self, error: Exception) -> None:
        if not self._is_redis_missed:
            self._is_redis_missed = True
            logger.error("Redis keeps no lock now: %s", type(error).__name__)


def open_redis(url: str) -> Redis:
    """Return a client that opens connections when it needs them and soon gives up."""
    from redis.asyncio import Redis

    client: Redis = Redis.from_url(
        url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    return client
