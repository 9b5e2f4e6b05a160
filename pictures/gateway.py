"""The real gateway with the sample catalogue, at a moment that stands still."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from unittest.mock import patch

from aiohttp import web
from sqlalchemy import literal_column, select

from coaching.models import Conversation
from opastin.home import ensure_home
from opastin.settings import TIME_ZONE
from opastin.texts import load_texts
from pictures.bot import GuidedBot
from tests.browser.kiosk_gateway import KioskGateway
from web.app import create_app
from web.keys import STORAGE

# A Friday morning in the middle of an application season.
NOW = datetime(2026, 11, 20, 10, 15, tzinfo=TIME_ZONE)
ADDRESS = "https://opastin.example"


class PictureGateway(KioskGateway):
    """Serves everything that there is to take a picture of."""

    def __init__(self, home: Path) -> None:
        """Keep everything in `home`."""
        super().__init__(home)
        self.settings = dataclasses.replace(
            self.settings, fixed_now=NOW, public_url=ADDRESS, kiosk_idle_seconds=600
        )
        self.bot: GuidedBot = GuidedBot(self.settings)  # type: ignore[assignment]

    async def prepare(self) -> None:
        """Load the sample catalogue."""
        await asyncio.to_thread(ensure_home, self.settings, lambda _: None)

    async def add_device(self) -> str:
        """Return the address that enrols the one device there is, anew in each picture."""
        await self.remove_devices()
        return await super().add_device()

    async def newest(self) -> str | None:
        """Return the id of the newest conversation: all begin at the same moment here."""
        newest = select(Conversation.id).order_by(literal_column("rowid").desc()).limit(1)
        return await self.app[STORAGE].read(lambda session: session.scalar(newest))

    def _create_app(self) -> web.Application:
        self._app = create_app(self.settings, self.bot, texts=load_texts())
        self._app.middlewares.insert(0, self._disturb)
        return self._app


@contextmanager
def known_secrets(seed: str) -> Iterator[None]:
    """Draw keys that are the same each time, because a code shows them."""
    numbers = count()

    def token_urlsafe(length: int = 32) -> str:
        digest = hashlib.sha512(f"{seed} {next(numbers)}".encode()).digest()
        return base64.urlsafe_b64encode(digest[:length]).rstrip(b"=").decode()

    with patch.object(secrets, "token_urlsafe", token_urlsafe):
        yield
