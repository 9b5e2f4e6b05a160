"""Connections: those that bring no request in time are closed, and odd ones tell nothing."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from web.failures import describe

# aiohttp waits without an end for a connection's first request, and for the rest of any other that
# has begun; for the next to begin it waits 75 seconds.
REQUEST_SECONDS = 20.0
# No addresses are logged. A body that is sent packed may be a thousand times as large as it came.
OPTIONS: dict[str, Any] = {"access_log": None, "auto_decompress": False}

logger = logging.getLogger(__name__)


class Connection(RequestHandler):
    """A connection whose requests that cannot be read are refused without a word of Python's.

    aiohttp itself would log who sent them, and answer with what its parser says.
    """

    def __init__(self, connections: Connections, server: web.Server, **options: Any) -> None:
        """Have `connections` watch this one whenever a request has begun."""
        super().__init__(server, **options)
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._connections.watch(self)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # The rest of a request is waited for; while one is answered, or a chat followed, none is.
        if self._waiter is not None and not self._waiter.done():
            self._connections.watch(self)

    def log_exception(self, *args: Any, exc_info: BaseException | None = None, **kw: Any) -> None:
        # What is logged otherwise names the address.
        logger.error("A connection failed: %s", "" if exc_info is None else describe(exc_info))

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if status >= 500:
            return super().handle_error(request, status, exc)
        response = web.Response(status=status, headers={"Server": "", "Cache-Control": "no-store"})
        response.force_close()
        return response


class Connections:
    """Remembers which connections have begun no request yet, or not brought one to its end."""

    def __init__(self) -> None:
        """Begin with none."""
        self._silent: dict[int, asyncio.TimerHandle] = {}

    def watch(self, protocol: RequestHandler) -> None:
        """Close a connection in a while, unless a request is heard of it."""
        if id(protocol) in self._silent:
            return
        loop = asyncio.get_running_loop()
        # The handle keeps the protocol, so that no other can get its number meanwhile.
        self._silent[id(protocol)] = loop.call_later(REQUEST_SECONDS, self._close, protocol)

    def hear(self, request: web.Request) -> None:
        """Leave the connection of a request alone until that is answered."""
        handle = self._silent.pop(id(request.protocol), None)
        if handle is not None:
            handle.cancel()

    def _close(self, protocol: RequestHandler) -> None:
        del self._silent[id(protocol)]
        protocol.force_close()


@asynccontextmanager
async def listening(
    runner: web.BaseRunner, connections: Connections, gateway: socket.socket
) -> AsyncIterator[None]:
    """Take connections on a socket while the context lasts; the runner is set up already."""
    server = runner.server
    assert server is not None  # noqa: S101 - a runner that is set up has one

    def accept() -> RequestHandler:
        loop = asyncio.get_running_loop()
        return Connection(connections, server, loop=loop, **OPTIONS)

    listener = await asyncio.get_running_loop().create_server(accept, sock=gateway)
    try:
        yield
    finally:
        listener.close()
