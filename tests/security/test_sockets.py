"""Both sockets let in only who may: by the page's origin, and by a token or a session."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSServerHandshakeError

from tests.security.conftest import Insider
from web.chat_socket import TOKEN

SOCKETS = ("/api/chat", "/coach/api/live")
TOO_BIG, PROTOCOL_ERROR = 1009, 1002
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("path", SOCKETS)
async def test_pages_of_others_may_not_open_a_socket(insider: Insider, path: str) -> None:
    server = insider.client.server
    for origin in (
        "https://evil.example",
        "null",
        "",
        "file://",
        f"http://{server.host}:1",
        f"http://{server.host}:{server.port}.evil.example",
        f"http://{server.host}:{server.port}@evil.example",
        f"http://evil.example/{server.host}:{server.port}",
    ):
        with pytest.raises(WSServerHandshakeError) as caught:
            async with insider.client.ws_connect(
                path, headers={**insider.headers, "Origin": origin}
            ):
                pass
        assert caught.value.status == 403, origin


@pytest.mark.parametrize("path", SOCKETS)
async def test_a_page_of_the_service_may(insider: Insider, path: str) -> None:
    server = insider.client.server
    own = f"http://{server.host}:{server.port}"
    async with insider.client.ws_connect(path, headers={**insider.headers, "Origin": own}):
        pass


async def test_no_credential_but_the_first_frame_opens_the_chat(insider: Insider) -> None:
    token = insider.person.token
    async with insider.client.ws_connect(
        f"/api/chat?token={token}&after=0", headers=insider.headers, protocols=[token]
    ) as socket:
        await socket.send_json({"after": 0})
        assert (await socket.receive_json(timeout=5))["error"]["code"] == "token"
        await socket.receive(timeout=5)
        assert socket.close_code == TOKEN


async def test_a_desks_session_or_a_kiosks_opens_no_chat(insider: Insider) -> None:
    for credential in (insider.desk.form_token, *insider.desk.cookies.values()):
        async with insider.client.ws_connect("/api/chat") as socket:
            await socket.send_json({"token": credential})
            assert "error" in await socket.receive_json(timeout=5)


async def test_a_persons_token_opens_no_desk(insider: Insider) -> None:
    (name,) = insider.desk.cookies
    for cookie in ("", f"{name}={insider.person.token}", f"{name}=", f"{name}=%00"):
        with pytest.raises(WSServerHandshakeError) as caught:
            async with insider.client.ws_connect(
                "/coach/api/live", headers={**insider.person.headers, "Cookie": cookie}
            ):
                pass
        assert caught.value.status == 401, cookie


@pytest.mark.parametrize("path", SOCKETS)
async def test_a_message_in_endless_pieces_is_cut_off(insider: Insider, path: str) -> None:
    async with raw_socket(insider, path) as (reader, writer):
        sent = 0
        with pytest.raises((ConnectionError, StopAsyncIteration)):
            for number in range(100_000):
                writer.write(_frame(b"x" * 1000, opcode=0 if number else 1, is_last=False))
                await writer.drain()
                sent = number
                if reader.at_eof():
                    raise StopAsyncIteration
        assert sent < 50_000
        assert await _close_code(reader) in (TOO_BIG, PROTOCOL_ERROR, None)


@pytest.mark.parametrize("path", SOCKETS)
async def test_a_frame_that_says_it_is_endless_is_cut_off(insider: Insider, path: str) -> None:
    async with raw_socket(insider, path) as (reader, writer):
        sent = 0
        # A length of nearly all that can be told.
        writer.write(b"\x81\xff\x7f" + b"\xff" * 7 + b"\0" * 4)
        with pytest.raises((ConnectionError, StopAsyncIteration)):
            for number in range(2000):
                writer.write(b"x" * 50_000)
                await writer.drain()
                sent = number
                if reader.at_eof():
                    raise StopAsyncIteration
        assert sent < 1000


@pytest.mark.parametrize(
    "frame",
    [
        # An unknown kind; a packed frame that nobody agreed on; a ping that is too long.
        b"\x83\x80\0\0\0\0",
        b"\xc1\x80\0\0\0\0",
        b"\x89\xfe\x01\x00\0\0\0\0" + b"x" * 256,
    ],
)
@pytest.mark.parametrize("path", SOCKETS)
async def test_frames_that_no_browser_sends_end_the_socket(
    insider: Insider, path: str, frame: bytes
) -> None:
    async with raw_socket(insider, path) as (reader, writer):
        writer.write(frame)
        assert await _close_code(reader) in (TOO_BIG, PROTOCOL_ERROR, None)
    assert (await insider.client.get("/healthz")).status == 200


@asynccontextmanager
async def raw_socket(
    insider: Insider, path: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a socket by hand, to send what no library would."""
    server = insider.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    headers = {"Host": f"{server.host}:{server.port}", **insider.headers, **UPGRADE}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        assert head.startswith(b"HTTP/1.1 101 "), head
        yield reader, writer
    finally:
        writer.close()


def _frame(data: bytes, *, opcode: int, is_last: bool) -> bytes:
    """Return a frame as a client sends it: masked."""
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
    first = (0x80 if is_last else 0) | opcode
    return bytes([first, 0x80 | 126]) + len(data).to_bytes(2, "big") + mask + masked


async def _close_code(reader: asyncio.StreamReader) -> int | None:
    """Return the code of the close frame that comes, None where the connection was just cut."""
    try:
        received = await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return None
    at = received.rfind(b"\x88")
    return None if at < 0 else int.from_bytes(received[at + 2 : at + 4], "big")
