"""Connections that bring no whole request in time are closed: each would keep a place for good."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

# aiohttp waits without an end for a connection's first request, and 75 seconds for the next.
FIRST_REQUEST_SECONDS = 20.0


class Connections:
    """Remembers which connections have not brought a request yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._silent: dict[int, asyncio.TimerHandle] = {}

    def watch(self, protocol: RequestHandler) -> None:
        """Close a new connection in a while, unless something is heard of it."""
        loop = asyncio.get_running_loop()
        # The handle keeps the protocol, so that no other can get its number meanwhile.
        self._silent[id(protocol)] = loop.call_later(FIRST_REQUEST_SECONDS, self._close, protocol)

    def hear(self, request: web.Request) -> None:
        """Leave the connection of a request alone from now on."""
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
        protocol = server()
        connections.watch(protocol)
        return protocol

    listener = await asyncio.get_running_loop().create_server(accept, sock=gateway)
    try:
        yield
    finally:
        listener.close()
