"""Serves an aiohttp application on a free port, and again on the same one after a stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import AsyncMock, patch

from aiohttp import web

from web.app import create_runner
from web.turns import Turns


class Served:
    """An application in service, which a test may stop and start again."""

    def __init__(self, create_app: Callable[[], web.Application]) -> None:
        """Serve what `create_app` gives, anew at each start."""
        self._create_app = create_app
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Return the address of the service's first page."""
        return f"http://127.0.0.1:{self._port}/"

    async def start(self) -> None:
        """Begin to serve."""
        self._runner = create_runner(self._create_app(), shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cease to serve: sockets are closed, new connections refused."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def kill(self) -> None:
        """Cease to serve without waiting for what is under way."""
        with patch.object(Turns, "settle", AsyncMock()):
            await self.stop()

    async def __aenter__(self) -> Served:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *exception: Any) -> None:
        """Stop."""
        await self.stop()
