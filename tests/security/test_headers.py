"""Every route, whoever asks, answers with headers that keep browsers strict."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import pytest
from aiohttp import ClientResponse
from multidict import CIMultiDictProxy

from opastin.settings import Settings
from tests.security.conftest import Insider

EVIL = "https://evil.example"
# Customers' pages load these from another origin.
PUBLIC = ("/widget.js", "/widget/")


def policy_of(headers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return a content security policy's sources by directive."""
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in filter(None, parts)}


def check_headers(response: ClientResponse, path: str) -> None:
    """See that a response keeps to the policy of all."""
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), path
    assert "geolocation=()" in headers["Permissions-Policy"], path
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert headers["Cache-Control"] in ("no-store", "no-cache"), (path, headers["Cache-Control"])
    assert not {"Server", "X-Powered-By", "X-AspNet-Version"} & set(headers), path
    is_public = path.startswith(PUBLIC)
    assert (headers.get("Access-Control-Allow-Origin") == "*") == is_public, path
    if not is_public and not path.startswith("/api/"):
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
    assert "Access-Control-Allow-Credentials" not in headers, path
    check_policy(policy_of(headers), path)
    check_cookies(headers, path)


def check_policy(policy: dict[str, list[str]], path: str) -> None:
    """See that nothing but the service's own files runs, and that nobody frames it."""
    assert policy["default-src"] == ["'none'"], path
    assert policy["frame-ancestors"] == ["'none'"], path
    for directive, sources in policy.items():
        for source in sources:
            assert "unsafe" not in source and source not in ("*", "https:", "http:"), path
            assert source != "data:" or directive == "img-src", path
    if "script-src" in policy:
        assert policy["script-src"] == ["'self'"], path
        assert policy["base-uri"] == ["'none'"], path


def check_cookies(headers: CIMultiDictProxy[str], path: str, *, secure: bool = False) -> None:
    """See that no script and no other site reaches a cookie."""
    for written in headers.getall("Set-Cookie", []):
        for cookie in SimpleCookie(written).values():
            # A cookie that is taken away has nothing to protect.
            if not cookie.value:
                continue
            assert cookie["httponly"] and cookie["samesite"] in ("Strict", "Lax"), (path, written)
            assert cookie["secure"] or not secure, (path, written)


async def test_every_route_answers_an_insider_strictly(insider: Insider) -> None:
    for route in insider.client.app.router.routes():
        path = insider.path(route)
        response = await insider.client.request(
            route.method, path, headers=insider.headers, allow_redirects=False
        )
        assert response.status != 500, (route.method, path)
        check_headers(response, path)


@pytest.mark.parametrize("accepted", ["text/html", "application/json"])
async def test_every_route_answers_a_stranger_strictly(insider: Insider, accepted: str) -> None:
    stranger = {"Accept": accepted, "Cookie": "", "Origin": EVIL}
    for route in insider.client.app.router.routes():
        path = insider.path(route)
        response = await insider.client.request(
            route.method, path, headers=stranger, allow_redirects=False
        )
        assert response.status != 500, (route.method, path)
        check_headers(response, path)
        if path.startswith("/api/"):
            assert response.status == 403, (route.method, path)
        if route.method == "POST" and path.startswith(("/coach", "/chat")):
            assert response.status == 403, (route.method, path)


async def test_no_page_holds_a_script_or_a_style_of_its_own(insider: Insider) -> None:
    for route in insider.client.app.router.routes():
        if route.method != "GET":
            continue
        response = await insider.client.get(insider.path(route), headers=insider.headers)
        if response.content_type == "text/html":
            text = (await response.text()).casefold()
            assert "<script>" not in text and " style=" not in text and " onclick=" not in text
            assert "javascript:" not in text and "<style" not in text


async def test_over_https_every_cookie_is_secure_and_http_is_left(
    open_gateway: Any, settings: Settings
) -> None:
    client = await open_gateway(replace(settings, public_url="https://opastin.example"))
    responses = [
        await client.get("/"),
        await client.get("/coach/login"),
        await client.post("/chat", data={"start": "1"}, allow_redirects=False),
    ]
    for response in responses:
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
        check_cookies(response.headers, str(response.url), secure=True)
    assert any("Set-Cookie" in response.headers for response in responses)


async def test_over_http_nothing_is_said_of_https(insider: Insider) -> None:
    response = await insider.client.get("/")
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize(
    "header",
    [
        {"Accept-Encoding": "gzip;q=1.2.3"},
        {"Accept-Encoding": "gzip;q=.."},
        {"Accept-Encoding": "gzip;q=" + "9" * 5000},
        {"Accept-Language": "fi;q=9.9.9, sv;q=NaN"},
        {"If-None-Match": "W/" * 2000},
        {"Range": "bytes=5-1,9-"},
        {"Cookie": "a=\x80; =; opastin_coach=" + "x" * 4000},
        {"Cookie": "opastin_kiosk=\x7f; opastin_chat=%00.%00"},
        {"Authorization": "Bearer " + "x" * 5000},
        {"Authorization": "Basic \x80"},
        {"X-Form-Token": "\x80"},
        {"X-Forwarded-For": "," * 4000},
        {"X-Forwarded-For": "::1%25, 1e9, 0x7f.1"},
        {"Sec-Fetch-Site": "none\x80"},
        {"Host": "evil.example:port"},
        {"Host": "[::1"},
        {"Content-Type": "text/html; =;;"},
        {"Transfer-Encoding": "chunked", "Content-Length": "5"},
    ],
    ids=lambda header: "-".join(header),
)
async def test_odd_headers_are_survived(insider: Insider, header: dict[str, str]) -> None:
    for path in ("/", "/api/messages", "/chat", "/coach", "/kiosk", "/widget.js", "/k/1"):
        status = await _ask(insider, path, header)
        assert status < 500, (path, header, status)


async def _ask(insider: Insider, path: str, header: dict[str, str]) -> int:
    """Return the status of an answer to a request that no client library would send."""
    server = insider.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    headers = {"Host": f"{server.host}:{server.port}", "Connection": "close", **header}
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        first = await asyncio.wait_for(reader.readline(), 60)
        return int(first.split()[1])
    finally:
        writer.close()
