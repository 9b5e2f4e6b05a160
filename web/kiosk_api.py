"""What a kiosk's page asks of the service: its settings, the end of a visit, the staff's view."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import kiosks
from coaching.kiosks import Device, DeviceState
from coaching.pins import is_pin
from web.bodies import read_body, read_choice
from web.devices import COOKIE, read_device, set_cookie
from web.errors import ApiError
from web.keys import BOT, LIMITS, SETTINGS, STORAGE, VISITS

SHOW, RESET = "show", "reset"
_MAX_PIN = 64


async def settings(request: web.Request) -> web.Response:
    """Answer with what the page must know, and renew the device's cookie."""
    device = await read_device(request)
    app = request.app
    chosen = app[SETTINGS]
    await app[STORAGE].write(lambda session: kiosks.note_seen(session, device.id, now=chosen.now()))
    response = web.json_response(
        {
            "name": device.name,
            "idle_seconds": chosen.kiosk_idle_seconds,
            "warning_seconds": chosen.kiosk_warning_seconds,
            "keep": chosen.kiosk_keep,
        }
    )
    set_cookie(request, response, request.cookies[COOKIE])
    return response


async def end(request: web.Request) -> web.Response:
    """End a visit, or all of the device's; one that has ended already is no mistake."""
    device = await read_device(request)
    body = await read_body(request, {"conversation"}) if request.can_read_body else {}
    conversation_id = body.get("conversation")
    visits = request.app[VISITS]
    if conversation_id is None:
        await visits.end_all(device.id)
    elif isinstance(conversation_id, str) and conversation_id.isalnum():
        await visits.end(conversation_id, device.id)
    else:
        raise ApiError("wrong_value", name="conversation")
    return web.Response(status=204)


async def staff(request: web.Request) -> web.Response:
    """Answer whoever has the PIN with how the device is doing; reset it on request."""
    device = await read_device(request)
    body = await read_body(request, {"pin", "action"})
    action = read_choice(body, "action", (SHOW, RESET), SHOW)
    await _check_pin(request, device, body.get("pin"))
    app = request.app
    if action == RESET:
        await app[VISITS].end_all(device.id)
        await app[STORAGE].write(lambda session: kiosks.clear_error(session, device.id))
    today = app[SETTINGS].today()

    def work(session: Session) -> DeviceState | None:
        return kiosks.state_of(session, device.id, today=today)

    state = await app[STORAGE].read(work)
    if state is None:
        raise ApiError("token", words="kiosk_token")
    # Whoever got this far has reached the database.
    connection = {"bot": any(await app[BOT].ready()), "database": True}
    return web.json_response(_as_json(state, connection))


async def _check_pin(request: web.Request, device: Device, pin: object) -> None:
    if not isinstance(pin, str) or not 0 < len(pin) <= _MAX_PIN:
        raise ApiError("wrong_value", name="pin")
    app = request.app
    await app[LIMITS].take_pin(device.id)
    kept = await app[STORAGE].read(lambda session: kiosks.pin_hash_of(session, device.id))
    # Hashing is slow on purpose; others are served meanwhile.
    if kept is None or not await asyncio.to_thread(is_pin, pin, kept):
        now = app[SETTINGS].now()
        await app[STORAGE].write(
            lambda session: kiosks.note_error(session, device.id, "pin", now=now)
        )
        raise ApiError("pin")
    await app[LIMITS].forgive_pins(device.id)


def _as_json(state: DeviceState, connection: dict[str, bool]) -> dict[str, Any]:
    return {
        "name": state.name,
        "connection": connection,
        "visits_today": state.visits_today,
        "last_error": state.last_error,
        "last_error_at": _moment(state.last_error_at),
        "enrolled_at": _moment(state.enrolled_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
