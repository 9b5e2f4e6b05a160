from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest

from web import connections
from web.app import create_app, create_runner
from web.connections import listening
from web.keys import BOT, CONNECTIONS

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: opastin.example\r\n\r\n"


@pytest.fixture
async def port(client, settings, monkeypatch):
    """Serve a gateway as `opastin run` does; return its port."""
    monkeypatch.setattr(connections, "FIRST_REQUEST_SECONDS", 0.2)
    app = create_app(settings, client.app[BOT])
    runner = create_runner(app, shutdown_timeout=1)
    await runner.setup()
    gateway = socket.create_server(("127.0.0.1", 0))
    try:
        async with listening(runner, app[CONNECTIONS], gateway):
            yield gateway.getsockname()[1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def ask(reader, writer):
    writer.write(REQUEST)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
    await reader.readexactly(len(b'{"status": "ok"}'))
    return head.split()[1]


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"G"])
async def test_a_connection_without_a_request_is_closed(port, begun):
    async with connected(port) as (reader, writer):
        writer.write(begun)
        assert await asyncio.wait_for(reader.read(), 30) == b""


async def test_a_connection_that_was_heard_of_stays(port):
    async with connected(port) as (reader, writer):
        assert await ask(reader, writer) == b"200"
        await asyncio.sleep(0.5)
        assert await ask(reader, writer) == b"200"


async def test_nothing_is_kept_of_a_connection_that_was_heard_of(port, client):
    watched = client.app[CONNECTIONS]
    assert (await client.get("/healthz")).status == 200
    assert watched._silent == {}
