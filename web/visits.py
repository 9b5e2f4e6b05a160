"""Ends visits to kiosks: the token at once, and the conversation as the setting says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from sqlalchemy.orm import Session

from coaching import tickets, visits
from coaching.conversations import Started
from coaching.visits import Ended
from opastin.settings import Settings
from web.failures import describe
from web.hub import DESK, GONE, Hub
from web.storage import Storage
from web.turns import Turns

NONE = "none"
TIDY_SECONDS = 60

logger = logging.getLogger(__name__)


class Visits:
    """What happens when people leave a kiosk, or take their conversation along."""

    def __init__(self, settings: Settings, *, storage: Storage, turns: Turns, hub: Hub) -> None:
        """End the visits in `storage`; `turns` erases, `hub` closes the sockets."""
        self._settings = settings
        self._storage = storage
        self._turns = turns
        self._hub = hub
        self._erasing: set[asyncio.Task[None]] = set()

    async def end(self, conversation_id: str, kiosk_id: str) -> None:
        """End a visit to a device, and wait until it is erased where it is to be."""
        ended = await self._end(conversation_id, kiosk_id)
        if ended is not None and self._erases and ended.may_be_erased:
            await self._erase(conversation_id)

    async def end_all(self, kiosk_id: str) -> None:
        """End every visit to a device at once; what is to be erased is erased soon."""
        for conversation_id in await self._storage.read(
            lambda session: visits.open_visits(session, kiosk_id)
        ):
            ended = await self._end(conversation_id, kiosk_id)
            if ended is not None and self._erases and ended.may_be_erased:
                # The next visitor does not wait until the bot is done with the last one.
                task = asyncio.create_task(self._erase_or_log(conversation_id))
                self._erasing.add(task)
                task.add_done_callback(self._erasing.discard)

    async def hand_over(self, code: str) -> tuple[Started, str] | None:
        """Give a conversation to whoever brings its ticket: its new token and its language."""
        now = self._settings.now()
        handed = await self._storage.write(lambda session: tickets.use(session, code, now=now))
        if handed is not None:
            self._hub.close(handed[0].id, GONE)
        return handed

    async def tidy(self) -> None:
        """End visits that nobody ended, and erase those that nothing waits for any longer."""
        now = self._settings.now()
        for conversation_id, kiosk_id in await self._storage.read(
            lambda session: visits.abandoned_visits(session, now=now)
        ):
            await self._end(conversation_id, kiosk_id)
        if self._erases:
            await self._erase_all(
                await self._storage.read(lambda session: visits.erasable_visits(session, now=now))
            )
        await self._turns.rewriting.rewrite_at_night(now)

    async def tidy_now_and_then(self) -> None:
        """Tidy for as long as the service runs."""
        while True:
            try:
                await self.tidy()
            except Exception as error:
                # Whatever it was, the service goes on, and the next round may do better.
                logger.error("Visits could not be tidied up: %s", describe(error))
            await asyncio.sleep(TIDY_SECONDS)

    async def close(self) -> None:
        """Wait for what is being erased."""
        await asyncio.gather(*self._erasing, return_exceptions=True)

    @property
    def _erases(self) -> bool:
        return self._settings.kiosk_keep == NONE

    async def _end(self, conversation_id: str, kiosk_id: str) -> Ended | None:
        now = self._settings.now()

        def work(session: Session) -> Ended | None:
            return visits.end(session, conversation_id, kiosk_id, now=now)

        ended = await self._storage.write(work)
        if ended is not None:
            self._hub.close(conversation_id, GONE)
            # Nobody waits for a coach there any longer, also where the words are kept.
            self._hub.announce(DESK, {"queue": True})
        return ended

    async def _erase_all(self, conversation_ids: Iterable[str]) -> None:
        for conversation_id in conversation_ids:
            await self._erase(conversation_id)

    async def _erase_or_log(self, conversation_id: str) -> None:
        try:
            await self._erase(conversation_id)
        except Exception as error:
            # The next round of tidying up tries again.
            logger.error("A visit could not be erased: %s", describe(error))

    async def _erase(self, conversation_id: str) -> None:
        async with self._turns.alone(conversation_id):

            def work(session: Session) -> bool:
                # A phone may have taken the conversation while this waited.
                if not visits.is_ended(session, conversation_id):
                    return False
                visits.set_pages_free(session, conversation_id)
                return True

            if await self._storage.write(work):
                await self._turns.forget(conversation_id)
