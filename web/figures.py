"""Keeps the figures of conversations up to date, soon after something was said in them."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from coaching import figures
from opastin.settings import Settings
from web.failures import describe
from web.hub import Hub
from web.storage import Storage

# By then an answer mostly stands beside its message, and both are counted at once.
SETTLE_SECONDS = 0.5
# What a stop or a failure has left behind is looked for at the start and this often.
CATCH_UP_SECONDS = 60 * 60
# Between old conversations, so that people's messages need not wait for all of them.
PAUSE_SECONDS = 0.02

logger = logging.getLogger(__name__)


class FigureKeeper:
    """Renews the figures of every conversation in which the hub tells of new lines.

    Not within the turn itself: nobody who waits for an answer shall wait for statistics.
    """

    def __init__(self, settings: Settings, *, storage: Storage, hub: Hub) -> None:
        """Follow what the hub publishes from now on."""
        self._settings = settings
        self._storage = storage
        # In the order of the first line, each once.
        self._due: dict[str, None] = {}
        self._is_due = asyncio.Event()
        hub.on_lines = self._note

    async def keep(self) -> None:
        """Go on for as long as the service runs."""
        await asyncio.gather(self._renew_for_ever(), self._catch_up_for_ever())

    async def renew_due(self) -> None:
        """Renew what is due now."""
        due, self._due = list(self._due), {}
        self._is_due.clear()
        for conversation_id in due:
            try:
                now = self._settings.now()
                await self._storage.write(partial(self._renew, conversation_id, now))
            except Exception as error:
                logger.error("Figures could not be renewed: %s", describe(error))

    def _note(self, conversation_id: str) -> None:
        self._due[conversation_id] = None
        self._is_due.set()

    def _renew(self, conversation_id: str, last_at: datetime, session: Session) -> None:
        figures.renew(session, conversation_id, now=last_at)

    async def _renew_for_ever(self) -> None:
        while True:
            await self._is_due.wait()
            await asyncio.sleep(SETTLE_SECONDS)
            await self.renew_due()

    async def _catch_up_for_ever(self) -> None:
        while True:
            try:
                while found := await self._storage.read(figures.behind):
                    for conversation_id, used_at in found:
                        await self._storage.write(partial(self._renew, conversation_id, used_at))
                        await asyncio.sleep(PAUSE_SECONDS)
            except Exception as error:
                logger.error("Figures could not be filled in: %s", describe(error))
            await asyncio.sleep(CATCH_UP_SECONDS)
