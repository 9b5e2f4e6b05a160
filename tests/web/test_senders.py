"""Whom a request counts against, whatever its headers claim."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from web.keys import SETTINGS
from web.senders import sender_of

PROXIES = ("10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "sender"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("::1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        (None, None, ""),
    ],
)
def test_a_request_counts_against_its_sender(settings, remote, forwarded, sender):
    app = web.Application()
    app[SETTINGS] = replace(settings, trusted_proxies=PROXIES)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers, app=app).clone(remote=remote or "")
    assert sender_of(request) == sender


async def test_people_behind_a_proxy_count_each_for_themselves(open_gateway, settings):
    client = await open_gateway(
        replace(settings, conversations_per_minute=1, trusted_proxies=("127.0.0.1",))
    )
    statuses = []
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        headers = {"X-Forwarded-For": address}
        response = await client.post("/api/conversations", json={}, headers=headers)
        statuses.append(response.status)
    assert statuses == [201, 201, 429]
