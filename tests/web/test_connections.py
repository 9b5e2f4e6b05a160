from __future__ import annotations

import asyncio
import gzip
import io
import socket
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import ClientSession, WSMsgType

from web import connections
from web.app import create_app, create_runner
from web.connections import listening
from web.keys import BOT, CONNECTIONS

REQUEST = b"GET /healthz HTTP/1.1\r\nHost: opastin.example\r\n\r\n"


@pytest.fixture
async def port(client, settings, monkeypatch):
    """Serve a gateway as `opastin run` does; return its port."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
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


async def test_a_later_request_must_come_to_its_end_too(port):
    async with connected(port) as (reader, writer):
        assert await ask(reader, writer) == b"200"
        writer.write(b"GET /healthz HTTP/1.1\r\nX: ")
        letters = asyncio.create_task(drip(writer))
        assert await asyncio.wait_for(reader.read(), 30) == b""
        letters.cancel()


async def test_a_chat_is_not_waited_for(port):
    async with (
        ClientSession() as session,
        session.ws_connect(f"ws://127.0.0.1:{port}/api/chat") as ws,
    ):
        started = await session.post(f"http://127.0.0.1:{port}/api/conversations", json={})
        await ws.send_json({"token": (await started.json())["token"], "after": 0})
        await ws.send_json({"client_id": "a", "text": "hei"})
        with suppress(asyncio.TimeoutError):
            while True:
                assert (await ws.receive(timeout=1)).type is WSMsgType.TEXT


async def drip(writer):
    while True:
        writer.write(b"a")
        await asyncio.sleep(0.05)


async def test_a_connection_that_was_heard_of_stays(port):
    async with connected(port) as (reader, writer):
        assert await ask(reader, writer) == b"200"
        await asyncio.sleep(0.5)
        assert await ask(reader, writer) == b"200"


ODD = {
    "a line too long": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "no method": b"F\x00O / HTTP/1.1\r\n\r\n",
    "no address": b"GET http://[::1/secret HTTP/1.1\r\nHost: a\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", ODD.values(), ids=ODD)
async def test_what_is_no_request_is_refused_and_nothing_told(port, caplog, request_bytes):
    async with connected(port) as (reader, writer):
        writer.write(request_bytes)
        answer = await asyncio.wait_for(reader.read(), 30)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == b"400"
    assert b"Python" not in head and body == b""
    assert "127.0.0.1" not in caplog.text and not caplog.records


async def test_a_packed_body_is_not_unpacked(port):
    async with ClientSession(headers={"Content-Encoding": "gzip"}) as session:
        for body, status in ((gzip.compress(b"{}"), 400), (b"{}", 201)):
            url = f"http://127.0.0.1:{port}/api/conversations"
            # Given as a stream, it is sent as it is.
            async with session.post(url, data=io.BytesIO(body), compress=None) as response:
                assert response.status == status


async def test_whoever_goes_in_the_middle_of_a_body_is_no_failure(port, client, caplog):
    async with connected(port) as (_, writer):
        writer.write(b"POST /api/conversations HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
        await writer.drain()
        await asyncio.sleep(0.1)
    async with connected(port) as (reader, writer):
        assert await ask(reader, writer) == b"200"
    await asyncio.sleep(0.1)
    assert not caplog.records


async def test_nothing_is_kept_of_a_connection_that_was_heard_of(port, client):
    watched = client.app[CONNECTIONS]
    assert (await client.get("/healthz")).status == 200
    assert watched._silent == {}
