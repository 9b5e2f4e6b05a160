"""The scripted gateway with one kiosk enrolled, as a library would have it."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching import kiosks
from coaching.models import Conversation, Kiosk, TakeHomePage
from tests.browser.kiosk import PIN
from tests.browser.scripted_gateway import ScriptedGateway
from web.devices import COOKIE
from web.keys import STORAGE

NAME = "Seinäjoen pääkirjasto"


class KioskGateway(ScriptedGateway):
    """Serves the kiosk's page too, and says what the service knows of its visits."""

    async def set(self, **settings: Any) -> None:
        """Begin anew with other settings."""
        self.settings = dataclasses.replace(self.settings, **settings)
        await self.served.stop()
        await self.served.start()

    async def add_device(self) -> str:
        """Return the address that enrols a new device."""
        now = self.settings.now()

        def work(session: Session) -> str:
            return kiosks.add(session, NAME, pin=PIN, now=now)

        return f"{self.url}kiosk/enrol/{await self.app[STORAGE].write(work)}"

    async def enrol(self) -> Any:
        """Return the cookie of a device that is enrolled already."""
        code = (await self.add_device()).rpartition("/")[2]
        now = self.settings.now()
        token = await self.app[STORAGE].write(lambda session: kiosks.enrol(session, code, now=now))
        host = urlsplit(self.url).hostname
        strict = {"httpOnly": True, "sameSite": "Strict"}
        return {"name": COOKIE, "value": token, "domain": host, "path": "/", **strict}

    async def remove_devices(self) -> None:
        """Take the device out of use."""

        def work(session: Session) -> None:
            for kiosk in session.scalars(select(Kiosk)):
                session.delete(kiosk)

        await self.app[STORAGE].write(work)

    async def open_visits(self) -> int:
        """Return how many visits nobody has ended."""
        query = select(Conversation.id).where(Conversation.ended_at.is_(None))
        return len(await self.app[STORAGE].read(lambda session: session.scalars(query).all()))

    async def pages(self) -> int:
        """Return how many pages were made to take home."""
        query = select(TakeHomePage.key)
        return len(await self.app[STORAGE].read(lambda session: session.scalars(query).all()))
