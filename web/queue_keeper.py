"""Looks after people who wait: nobody waits on in silence when the coaches have gone.

Nor does anybody talk on with a coach whose account has been closed.
"""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.orm import Session

from coaching import callback_requests, conversations, handoff, messages, queue
from coaching.conversations import latest_custom
from coaching.handoff import WAITING
from coaching.transcript import Line
from opastin.settings import Settings
from opastin.texts import Texts
from web.failures import describe
from web.handoff_lines import Lines
from web.handoff_state import KIND, look_around
from web.handoff_state import describe as describe_state
from web.hub import DESK, Hub
from web.storage import Storage

LOOK_SECONDS = 30

logger = logging.getLogger(__name__)


class QueueKeeper:
    """Tells whoever waits, once, that nobody is there any more, and when somebody is."""

    def __init__(self, settings: Settings, *, storage: Storage, hub: Hub, texts: Texts) -> None:
        """Read the queue in `storage`, tell people through `hub`."""
        self._settings = settings
        self._storage = storage
        self._hub = hub
        self._texts = texts

    async def keep(self) -> None:
        """Look for as long as the service runs."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception as error:
                # Whatever it was, the service goes on, and the next round may do better.
                logger.error("The queue could not be looked after: %s", describe(error))

    async def look(self) -> None:
        """Have others see to what coaches left who are gone, and tell who waits for nobody."""
        if await self._storage.write(callback_requests.free_deserted):
            self._hub.announce(DESK, {"queue": True})
        for conversation_id in await self._storage.read(queue.deserted):
            await self._take_back(conversation_id)
        for conversation_id in await self._storage.read(queue.everybody):
            lines = await self._tell(conversation_id)
            self._hub.publish(conversation_id, lines)

    async def _take_back(self, conversation_id: str) -> None:
        now = self._settings.now()

        def work(session: Session) -> tuple[tuple[Line, ...], dict[str, object]] | None:
            conversation = conversations.get(session, conversation_id)
            if not handoff.take_from_gone(session, conversation, now):
                return None
            prospects = look_around(session, conversation, now)
            lines = Lines(session, conversation, self._texts, now)
            draft = lines.waiting() if prospects.is_on_duty else lines.news(prospects)
            stored = messages.store_replies(session, conversation, [draft], now=now)
            return stored, describe_state(session, conversation)

        done = await self._storage.write(work)
        if done is not None:
            self._hub.publish(conversation_id, done[0])
            self._hub.announce(conversation_id, {"state": done[1]})
            self._hub.announce(DESK, {"queue": True})

    async def _tell(self, conversation_id: str) -> tuple[Line, ...]:
        now = self._settings.now()

        def work(session: Session) -> tuple[Line, ...]:
            conversation = conversations.get(session, conversation_id)
            # Read again, locked: a coach or another worker may have been quicker.
            if conversation.state != WAITING:
                return ()
            told = latest_custom(session, conversation_id, KIND)
            prospects = look_around(session, conversation, now)
            if prospects.is_on_duty or (told is not None and (told.custom or {}).get("nobody")):
                return ()
            draft = Lines(session, conversation, self._texts, now).news(prospects)
            return messages.store_replies(session, conversation, [draft], now=now)

        return await self._storage.write(work)
