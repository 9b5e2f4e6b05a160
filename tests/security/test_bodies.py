"""No body, whatever its size, shape or pace, makes the service fail, wait or fill its memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import ClientError, ClientResponse, web

from tests.security.conftest import Insider
from web import bodies

READING = {"GET", "HEAD", "OPTIONS"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PIECE = b"x" * 65_536
PIECES = 1000
# What the system's buffers of a connection may take before the service has read a byte.
MOST_PIECES_TAKEN = 400
LONGEST_ANSWER = 100_000
DEEP = b'{"a":' * 3000
# Beginnings of an endless body, by its type.
ENDLESS = {
    JSON: b'{"text": "',
    FORM: b"text=",
    "multipart/form-data; boundary=b": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    "text/plain": b"",
}
ODD = [
    (JSON, b""),
    (JSON, b"\xff\xfe\x00"),
    (JSON, DEEP),
    (JSON, b"[" * 16_000),
    (JSON, b'"text"'),
    (JSON, b'{"text": 1e999}'),
    (JSON, b'{"\\u0000": "\\ud800"}'),
    (JSON, b'{"name": "__class__", "conversation": {"$ne": null}}'),
    (f"{JSON}; charset=no-such", b"{}"),
    (FORM, b"&" * 16_000),
    (FORM, b"a=%ff%fe&b=%00"),
    (FORM, b"text=%ED%A0%80"),
    (f"{FORM}; charset=no-such", b"a=b"),
    (f"{FORM}; charset=zlib", b"a=b"),
    (f"{FORM}; charset=utf-16", b"a=b"),
    ("multipart/form-data", b"a=b"),
    ("multipart/form-data; boundary=b", b"--b\r\n\r\n\r\n--b--"),
    ("text/xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    ("application/x-yaml", b"a: !!python/object/apply:os.system [x]"),
    ("x" * 200, b"{}"),
]


def writing(app: web.Application) -> list[web.AbstractRoute]:
    """Return every route that takes a body."""
    return [route for route in app.router.routes() if route.method not in READING]


async def must_be_refused(
    response: ClientResponse, route: web.AbstractRoute, *sent: object
) -> None:
    """See that the answer is no failure of ours, and no longer than a page."""
    text = await response.text()
    assert response.status < 500, (route, sent, text)
    assert len(text) < LONGEST_ANSWER, (route, sent)


async def test_there_are_routes_to_try(insider: Insider) -> None:
    assert len(writing(insider.client.app)) > 40


@pytest.mark.parametrize("kind", ENDLESS)
async def test_an_endless_body_is_not_read_to_its_end(insider: Insider, kind: str) -> None:
    for route in writing(insider.client.app):
        taken: list[int] = []

        async def body(taken: list[int] = taken) -> AsyncIterator[bytes]:
            yield ENDLESS[kind]
            for number in range(PIECES):
                taken.append(number)
                yield PIECE

        try:
            response = await send(insider, route, body(), kind)
        except ClientError:
            # Cut off while it was still sending.
            pass
        else:
            await must_be_refused(response, route)
            response.close()
        assert len(taken) < MOST_PIECES_TAKEN, (route, len(taken))


async def test_odd_bodies_are_refused_everywhere(insider: Insider) -> None:
    for kind, body in ODD:
        for route in writing(insider.client.app):
            response = await send(insider, route, body, kind)
            await must_be_refused(response, route, kind, body)


async def test_a_packed_body_is_refused(insider: Insider) -> None:
    for route in writing(insider.client.app):
        response = await send(insider, route, b"\x1f\x8b\x08\x00", JSON, packed="gzip")
        await must_be_refused(response, route)


async def test_a_body_that_does_not_come_is_not_waited_for(
    insider: Insider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.05)
    waited = 0
    for route in writing(insider.client.app):
        for kind in (JSON, FORM):
            status = await send_half(insider, route, kind)
            assert status < 500, route
            waited += status == 408
    # The others answer without a look at the body.
    assert waited > 40


async def send(
    insider: Insider, route: web.AbstractRoute, body: Any, kind: str, packed: str | None = None
) -> ClientResponse:
    """Send a request as somebody who may do everything."""
    headers = {**insider.headers, "Content-Type": kind}
    if packed is not None:
        headers["Content-Encoding"] = packed
    request = insider.client.request(
        route.method,
        insider.path(route),
        data=body,
        headers=headers,
        allow_redirects=False,
        **({"compress": False} if packed else {}),
    )
    return await asyncio.wait_for(request, 60)


async def send_half(insider: Insider, route: web.AbstractRoute, kind: str) -> int:
    """Send a head and the beginning of a body, and return the status of what comes back."""
    server = insider.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    head = {**insider.headers, "Host": f"{server.host}:{server.port}", "Content-Type": kind}
    lines = [f"{route.method} {insider.path(route)} HTTP/1.1", *_lines(head), "Content-Length: 99"]
    try:
        writer.write("\r\n".join([*lines, "", "{"]).encode())
        first = await asyncio.wait_for(reader.readline(), 60)
        return int(first.split()[1])
    finally:
        writer.close()


def _lines(headers: dict[str, str]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in headers.items())
