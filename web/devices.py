"""Which kiosk a request comes from: a token in a cookie that no script can read."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import kiosks
from coaching.kiosks import Device
from web.addresses import is_secure
from web.errors import ApiError
from web.keys import STORAGE

COOKIE = "opastin_kiosk"
# Browsers keep a cookie no longer; each start of the page renews it.
COOKIE_SECONDS = 400 * 24 * 60 * 60
_MAX_TOKEN = 200


async def read_device(request: web.Request) -> Device:
    """Return the device that a request comes from, or raise an ApiError that says what to do."""
    token = request.cookies.get(COOKIE, "")

    def work(session: Session) -> Device | None:
        return kiosks.find(session, token)

    device = await request.app[STORAGE].read(work) if 0 < len(token) <= _MAX_TOKEN else None
    if device is None:
        raise ApiError("token", words="kiosk_token")
    return device


def set_cookie(request: web.Request, response: web.Response, token: str) -> None:
    """Have the browser keep the device's token, for this service alone."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path="/",
        httponly=True,
        secure=is_secure(request),
        samesite="Strict",
    )
