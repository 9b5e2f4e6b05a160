"""`opastin doctor --security`: what a deployment gives away, each with how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from opastin.doctor import Finding
from opastin.settings import ANY_ORIGIN, Settings

SHORTEST_SECRET = 24
# No proxies of one's own fill a larger network.
WIDEST_IPV4, WIDEST_IPV6 = 16, 48
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
VERIFIED = "verify-full"


def examine_security(settings: Settings) -> Iterator[Finding]:
    """Yield what each check of a deployment finds; broken is what must be mended."""
    from opastin.doctor_accounts import examine_accounts
    from opastin.doctor_files import examine_files
    from opastin.doctor_ports import examine_ports

    yield from examine_files(settings)
    yield _public_address(settings)
    yield _proxies(settings)
    yield from _origins(settings)
    yield _secret(settings)
    yield from _log_and_clock(settings)
    yield from _stores(settings)
    yield from examine_ports(settings)
    yield from examine_accounts(settings)


def is_local(host: str | None) -> bool:
    """Say whether a host is this machine; none at all is a socket in its file system."""
    if host is None or host in ("", "localhost") or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _public_address(settings: Settings) -> Finding:
    subject = "public address"
    if not settings.public_url:
        text = "not set: set OPASTIN_PUBLIC_URL to the https address that people use"
        return Finding("broken", subject, text)
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https":
        text = f"{settings.public_url}; cookies are sent over https alone"
        return Finding("ok", subject, text)
    if is_local(parts.hostname):
        return Finding("optional", subject, f"{settings.public_url}: for this machine alone")
    text = f"{settings.public_url} has no https: cookies and words can be read on their way"
    return Finding("broken", subject, f"{text}; put a proxy with TLS before it")


def _proxies(settings: Settings) -> Finding:
    subject, wide = "trusted proxies", [*filter(_is_wide, settings.trusted_proxies)]
    if wide:
        text = f"{', '.join(wide)}: anybody there may claim to be anybody; name single addresses"
        return Finding("broken", subject, text)
    if settings.trusted_proxies:
        return Finding("ok", subject, ", ".join(settings.trusted_proxies))
    if (settings.public_url or "").startswith("https:"):
        text = "none, so that all people count as one: name the proxy in OPASTIN_TRUSTED_PROXIES"
        return Finding("broken", subject, text)
    return Finding("ok", subject, "none, and no header is believed")


def _is_wide(name: str) -> bool:
    network = ip_network(name, strict=False)
    widest = WIDEST_IPV4 if network.version == 4 else WIDEST_IPV6
    return network.prefixlen < widest and not network.is_loopback


def _origins(settings: Settings) -> Iterator[Finding]:
    subject, origins = "allowed origins", settings.allowed_origins
    if ANY_ORIGIN in origins:
        text = "*: any page may embed the chat; name the pages if you know them"
        yield Finding("optional", subject, text)
        return
    plain = [
        origin
        for origin in origins
        if origin.startswith("http:") and not is_local(urlsplit(origin).hostname)
    ]
    if plain:
        text = f"{', '.join(plain)}: a page without https can be changed on its way"
        yield Finding("broken", subject, f"{text}; name its https address")
    else:
        yield Finding("ok", subject, ", ".join(origins) or "the service's own pages alone")


def _secret(settings: Settings) -> Finding:
    if not settings.has_inner_secret:
        return Finding("ok", "inner secret", "made anew at each start")
    length = len(settings.inner_secret)
    if length < SHORTEST_SECRET or len(set(settings.inner_secret)) < SHORTEST_SECRET // 3:
        text = f"can be guessed: set OPASTIN_INNER_SECRET to {SHORTEST_SECRET} random characters"
        return Finding("broken", "inner secret", text)
    return Finding("ok", "inner secret", f"{length} characters")


def _log_and_clock(settings: Settings) -> Iterator[Finding]:
    loop = asyncio.new_event_loop()
    is_debugging = loop.get_debug()
    loop.close()
    if is_debugging:
        text = "on, and logs what people send: unset PYTHONDEVMODE and PYTHONASYNCIODEBUG"
        yield Finding("broken", "debugging", text)
    else:
        yield Finding("ok", "debugging", "off; logs hold warnings and worse, without words")
    fixed = [
        name
        for name, value in (("NOW", settings.fixed_now), ("TODAY", settings.fixed_today))
        if value is not None
    ]
    if fixed:
        names = " and ".join(f"OPASTIN_{name}" for name in fixed)
        text = f"stands still, so that nothing expires: unset {names}"
        yield Finding("broken", "clock", text)
    else:
        yield Finding("ok", "clock", "the machine's own")


def _stores(settings: Settings) -> Iterator[Finding]:
    for name in ("catalog", "conversations"):
        yield _database(name, getattr(settings, f"{name}_url"))
    if settings.redis_url is not None:
        yield _redis(settings.redis_url)


def _database(name: str, url: str) -> Finding:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    subject, setting = f"{name} database", f"OPASTIN_{name.upper()}_URL"
    try:
        address = make_url(url)
    except ArgumentError:
        return Finding("broken", subject, f"{setting} is no address of a database")
    if address.get_backend_name() == "sqlite":
        return Finding("ok", subject, "a file of this machine")
    host = address.host or str(address.query.get("host", ""))
    if is_local(host):
        return Finding("ok", subject, "on this machine")
    mode = str(address.query.get("sslmode", ""))
    if mode not in ENCRYPTED and _is_beside(host):
        text = f"{host} is reached without TLS: only on a network that nobody else is on"
        return Finding("optional", subject, text)
    if mode not in ENCRYPTED:
        text = f"{host} is reached without TLS: add ?sslmode={VERIFIED} to {setting}"
        return Finding("broken", subject, text)
    if mode != VERIFIED:
        text = f"{host} by TLS, whoever it is: sslmode={VERIFIED} also checks its name"
        return Finding("optional", subject, text)
    return Finding("ok", subject, f"{host} by TLS, its name checked")


def _redis(url: str) -> Finding:
    parts = urlsplit(url)
    if is_local(parts.hostname):
        return Finding("ok", "Redis", "on this machine")
    if parts.scheme != "rediss" and _is_beside(parts.hostname):
        text = f"{parts.hostname} is reached without TLS: only on a network that nobody else is on"
        return Finding("optional", "Redis", text)
    if parts.scheme != "rediss":
        text = f"{parts.hostname} is reached without TLS: write rediss:// in OPASTIN_REDIS_URL"
        return Finding("broken", "Redis", text)
    if not parts.password:
        text = f"{parts.hostname} asks for no password: set one, and name it in OPASTIN_REDIS_URL"
        return Finding("broken", "Redis", text)
    return Finding("ok", "Redis", f"{parts.hostname} by TLS and password")


def _is_beside(host: str | None) -> bool:
    """Say whether a host has a name of one word, as in the networks of compose and Kubernetes."""
    return host is not None and host.replace("-", "").isalnum() and not host.isdigit()
