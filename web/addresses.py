"""Where people reach the service, for addresses that leave the page."""

from __future__ import annotations

from aiohttp import web

from opastin.settings import Settings
from web.keys import SETTINGS


def public_address(request: web.Request) -> str:
    """Return the service's own address without a slash at its end.

    Behind a proxy only the setting knows it; elsewhere it is where the request came to.
    """
    settings: Settings = request.app[SETTINGS]
    return (settings.public_url or f"{request.scheme}://{request.host}").rstrip("/")


def is_secure(request: web.Request) -> bool:
    """Say whether people reach the service by https."""
    return public_address(request).startswith("https://")
