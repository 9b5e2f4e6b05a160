"""Tells the pages of the desk that something has changed; what it was, they read themselves."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import WSMsgType, web

from coaching.desk_models import Coach
from web.desk.session import DESK, needs
from web.errors import ApiError
from web.hub import DESK as DESK_FOLLOWERS
from web.hub import Close, Follower
from web.keys import HUB

HEARTBEAT_SECONDS = 25.0
MOST_SOCKETS = 500
# A session may end meanwhile: the page comes back and shows who it is.
LONGEST_SECONDS = 15 * 60


def routes() -> list[web.RouteDef]:
    """Return the address of the desk's socket."""
    return [web.get(f"{DESK}/api/live", follow)]


@needs()
async def follow(request: web.Request, coach: Coach) -> web.WebSocketResponse:
    """Send a frame for every change until the page goes; it holds no words."""
    hub = request.app[HUB]
    if hub.count(DESK_FOLLOWERS) >= MOST_SOCKETS:
        raise ApiError("rate", retry_after_seconds=60)
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=1024)
    await socket.prepare(request)
    follower = hub.join(DESK_FOLLOWERS)
    writer = asyncio.create_task(_write(socket, follower))
    try:
        await _listen(socket)
    finally:
        hub.leave(DESK_FOLLOWERS, follower)
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer
    return socket


async def _listen(socket: web.WebSocketResponse) -> None:
    """Wait until the page goes, or for the longest time; a page has nothing to say."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_SECONDS
    while (left := end - loop.time()) > 0:
        try:
            frame = await socket.receive(timeout=left)
        except asyncio.TimeoutError:
            break
        if frame.type is not WSMsgType.TEXT:
            return
    await socket.close()


async def _write(socket: web.WebSocketResponse, follower: Follower) -> None:
    while True:
        frame = await follower.frames.get()
        with suppress(ConnectionError, RuntimeError):
            if isinstance(frame, Close):
                await socket.close(code=frame.code)
                return
            await socket.send_json(frame)
