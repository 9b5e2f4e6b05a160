"""What happens at one gateway reaches the sockets of all others, through Redis.

Redis hears that something was said, never what: whoever has followers reads it in the database.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from coaching.conversations import PAGE, read_after
from opastin.locks import open_redis
from web.failures import describe
from web.hub import GONE, Close, Hub, News
from web.storage import Storage

if TYPE_CHECKING:
    from redis.asyncio import Redis

CHANNEL = "opastin:news"
# While Redis is away so much is kept for it; what followers miss they are shown afterwards.
MOST_WAITING = 10_000
# Redis is asked this often whether it still hears, and tried again so soon.
LISTEN_SECONDS = 5.0
AGAIN_SECONDS = 0.5

logger = logging.getLogger(__name__)


class Relay:
    """Carries a hub's news to the other gateways, and theirs to the hub."""

    def __init__(self, redis_url: str, *, hub: Hub, storage: Storage) -> None:
        """Follow what `hub` tells from now on."""
        self._url = redis_url
        self._hub = hub
        self._storage = storage
        # Whoever sent news has no need of it.
        self._name = secrets.token_hex(8)
        self._waiting: asyncio.Queue[News] = asyncio.Queue(MOST_WAITING)
        self._is_over = False
        self.is_listening = asyncio.Event()
        hub.on_news = self._note

    async def keep(self) -> None:
        """Go on for as long as the service runs, whatever becomes of Redis."""
        tasks = [asyncio.create_task(self._while_open(work)) for work in (self._tell, self._listen)]
        try:
            await asyncio.gather(*tasks)
        finally:
            # The library may take a cancellation for a time-out, and go on.
            self._is_over = True
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _note(self, news: News) -> None:
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(news)

    async def _while_open(self, work: Callable[[Redis], Awaitable[None]]) -> None:
        is_missed = False
        while not self._is_over:
            redis = open_redis(self._url)
            try:
                await work(redis)
            except Exception as error:
                if not is_missed and not self._is_over:
                    logger.error("News of other gateways is missed: %s", describe(error))
                is_missed = True
            finally:
                self.is_listening.clear()
                with suppress(Exception):
                    await redis.close(close_connection_pool=True)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _tell(self, redis: Redis) -> None:
        while True:
            news = await self._waiting.get()
            try:
                await redis.publish(CHANNEL, json.dumps({"by": self._name, **news}))
            except BaseException:
                # Later, then: its place in the order does not matter.
                self._note(news)
                raise

    async def _listen(self, redis: Redis) -> None:
        async with redis.pubsub(ignore_subscribe_messages=False) as channel:
            await channel.subscribe(CHANNEL)
            is_asked = True
            while True:
                heard = await channel.get_message(timeout=LISTEN_SECONDS)
                if heard is None and is_asked:
                    # A line that is cut without a word looks like one on which nothing is said.
                    raise asyncio.TimeoutError
                is_asked = heard is None
                if heard is None:
                    await channel.ping()
                elif heard["type"] == "subscribe":
                    # What happened before this moment was not heard.
                    self._hub.look_again()
                    self.is_listening.set()
                elif heard["type"] == "message":
                    await self._hear(json.loads(heard["data"]))

    async def _hear(self, news: News) -> None:
        if news["by"] == self._name:
            return
        if "said" in news:
            await self._show(news["said"], news["after"])
        elif "break_off" in news:
            self._hub.on_break_off(news["break_off"])
        elif "close" in news:
            if news["close"] == GONE:
                self._hub.on_gone(news["to"])
            self._hub.put(news["to"], Close(news["close"]))
        else:
            self._hub.put(news["to"], news["frame"])

    async def _show(self, conversation_id: str, after: int) -> None:
        """Show those who follow a conversation here what was said in it after a line."""
        while self._hub.count(conversation_id):
            lines = await self._storage.read(
                partial(read_after, conversation_id=conversation_id, after=after)
            )
            self._hub.show(conversation_id, lines)
            if len(lines) < PAGE:
                return
            after = lines[-1].id
