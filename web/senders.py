"""Whom a request counts against where so much is allowed from one place."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp import web

from web.keys import SETTINGS

FORWARDED = "X-Forwarded-For"
# Whoever has one IPv6 address has all of its network, and could come from a new one each time.
IPV6_PREFIX = 64

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]


def sender_of(request: web.Request) -> str:
    """Return the address that a request came from, or the IPv6 network that has it.

    Behind proxies that the settings name, it is what the first of them was told last; a header
    from anybody else says nothing.
    """
    address = _parse(request.remote or "")
    proxies = _networks(request.app[SETTINGS].trusted_proxies)
    hops = ",".join(request.headers.getall(FORWARDED, [])).split(",")
    while address is not None and hops and any(address in network for network in proxies):
        hop = _parse(hops.pop())
        if hop is None:
            break
        address = hop
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address or "")


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


@lru_cache(maxsize=8)
def _networks(names: tuple[str, ...]) -> Networks:
    return tuple(ip_network(name, strict=False) for name in names)
