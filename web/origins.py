"""Which web pages may use the service from a browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from opastin.settings import ANY_ORIGIN, Settings


def is_allowed(request: web.Request, settings: Settings) -> bool:
    """Say whether the page that sent a request may do so; programs send no origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    if settings.public_url and origin == _origin_of(settings.public_url):
        return True
    allowed = {item.rstrip("/").lower() for item in settings.allowed_origins}
    if ANY_ORIGIN in allowed or origin.lower() in allowed:
        return True
    # The scheme is not compared: behind a proxy that speaks https, we see http.
    return origin != "null" and _host_of(origin) == request.host.lower()


def is_own(request: web.Request, settings: Settings) -> bool:
    """Say whether a form came from a page of the service itself, as far as browsers tell."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    if settings.public_url and origin == _origin_of(settings.public_url):
        return True
    return _host_of(origin) == request.host.lower()


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _host_of(origin: str) -> str | None:
    """Return the host that an origin names; None where it is no address at all ("http://[")."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
