"""Tells the pages of the desk that something has changed; what it was, they read themselves."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import WSMsgType, web

from coaching.desk_models import Coach
from web.desk.session import DESK, is_still_there, needs
from web.errors import ApiError
from web.hub import DESK as DESK_FOLLOWERS
from web.hub import Close, Follower, Queued
from web.keys import HUB

HEARTBEAT_SECONDS = 25.0
MOST_SOCKETS = 500
# Well within the time for which a coach counts as present, and a session as open.
PRESENCE_SECONDS = 60
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
    follower = _Desk()
    hub.join(DESK_FOLLOWERS, follower)
    writer = asyncio.create_task(_write(socket, follower))
    try:
        await _listen(request, socket)
    finally:
        hub.leave(DESK_FOLLOWERS, follower)
        writer.cancel()
        with suppress(asyncio.CancelledError):
            await writer
    return socket


async def _listen(request: web.Request, socket: web.WebSocketResponse) -> None:
    """Wait until the page goes or the session ends, at the longest time; a page says nothing."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_SECONDS
    while (left := end - loop.time()) > 0:
        try:
            frame = await socket.receive(timeout=min(left, PRESENCE_SECONDS))
        except asyncio.TimeoutError:
            if not await is_still_there(request):
                break
            continue
        if frame.type is not WSMsgType.TEXT:
            return
    await socket.close()


class _Desk(Follower):
    """A follower that a task waits for."""

    def __init__(self) -> None:
        super().__init__()
        self._is_awake = asyncio.Event()

    def wake(self) -> None:
        self._is_awake.set()

    def look_again(self) -> None:
        self.put({"queue": True})

    async def next(self) -> Queued:
        """Return what has waited longest, as soon as there is anything."""
        while not self.frames:
            self._is_awake.clear()
            await self._is_awake.wait()
        return self.frames.pop(0)


async def _write(socket: web.WebSocketResponse, follower: _Desk) -> None:
    while True:
        frame = await follower.next()
        with suppress(ConnectionError, RuntimeError):
            if isinstance(frame, Close):
                await socket.close(code=frame.code)
                return
            await socket.send_json(frame)
