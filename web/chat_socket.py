"""The WebSocket that the widget talks over: the same messages, ordered, numbered, resumable."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web
from sqlalchemy.orm import Session

from coaching import conversations
from coaching.conversations import PAGE, hash_of
from coaching.errors import ConversationError
from coaching.handoff import MUTED
from coaching.transcript import Line
from web.addresses import public_address
from web.bodies import (
    MAX_BODY_BYTES,
    MESSAGE_FIELDS,
    check_fields,
    parse_object,
    read_client_id,
    read_message,
    read_number,
)
from web.errors import ApiError
from web.failures import describe
from web.handoff_state import describe as describe_handoff
from web.hub import GONE, TRY_AGAIN, Close, Follower
from web.keys import HUB, LIMITS, SETTINGS, STORAGE, TURNS
from web.messages_api import MAX_NUMBER
from web.requests import language_of, speak

HEARTBEAT_SECONDS = 25.0
FIRST_FRAME_SECONDS = 10.0
MAX_SOCKETS = 10
# A person's frames that wait while one is being answered.
MAX_WAITING = 8
MALFORMED, TOKEN = 4400, 4401
_CLOSE_CODES = {401: TOKEN, 404: TOKEN, 410: GONE, 429: TRY_AGAIN, 500: TRY_AGAIN}

logger = logging.getLogger(__name__)


async def chat(request: web.Request) -> web.WebSocketResponse:
    """Follow one conversation until the socket closes."""
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=MAX_BODY_BYTES)
    await socket.prepare(request)
    try:
        token, after = await _read_first_frame(socket)
        await _Room(request, socket, token).stay(after)
    except ApiError as error:
        await _refuse(request, socket, error)
    except ConversationError as error:
        await _refuse(request, socket, ApiError.of_conversation(error))
    except Exception as error:
        logger.error("A socket failed: %s", describe(error))
        await _refuse(request, socket, ApiError("internal"))
    return socket


async def _refuse(request: web.Request, socket: web.WebSocketResponse, error: ApiError) -> None:
    await _send(socket, error.as_json(language_of(request)))
    await socket.close(code=_CLOSE_CODES.get(error.status, MALFORMED))


async def _read_first_frame(socket: web.WebSocketResponse) -> tuple[str, int]:
    try:
        frame = await socket.receive(timeout=FIRST_FRAME_SECONDS)
    except asyncio.TimeoutError as error:
        raise ApiError("token") from error
    if frame.type is not WSMsgType.TEXT:
        raise ApiError("malformed")
    first = parse_object(frame.data, {"token", "after"})
    token = first.get("token")
    if not isinstance(token, str):
        raise ApiError("token")
    return token, read_number(first, "after", least=0, most=MAX_NUMBER, default=0)


@dataclass(frozen=True)
class _Read:
    """What a conversation held when it was read."""

    id: str
    language: str
    # Who has the conversation, where it is not the bot.
    handoff: dict[str, object] | None
    last_id: int
    lines: tuple[Line, ...]


class _Room:
    """One socket in its conversation."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, token: str) -> None:
        self._request = request
        self._app = request.app
        self._socket = socket
        self._token = token
        self._is_closing = False
        self._waiting: asyncio.Queue[str | None] = asyncio.Queue(MAX_WAITING)

    async def stay(self, after: int) -> None:
        """Send what was missed and what comes, take what is written, until the end."""
        conversation_id = (await self._read(after)).id
        hub = self._app[HUB]
        if hub.count(conversation_id) >= MAX_SOCKETS:
            raise ApiError("rate")
        follower = hub.join(conversation_id)
        try:
            # Read again: what was said before joining must not be missed.
            await self._catch_up(follower, after)
            await self._talk(conversation_id, follower)
        finally:
            hub.leave(conversation_id, follower)

    async def _talk(self, conversation_id: str, follower: Follower) -> None:
        writer = asyncio.create_task(self._write(follower))
        worker = asyncio.create_task(self._answer(conversation_id, follower))
        try:
            await self._listen(follower)
        finally:
            if not self._is_closing:
                writer.cancel()
            # What was received is answered even when the person has gone meanwhile.
            await self._waiting.put(None)
            with suppress(asyncio.CancelledError):
                await writer
            await worker

    async def _listen(self, follower: Follower) -> None:
        async for frame in self._socket:
            if frame.type is WSMsgType.ERROR:
                continue
            if frame.type is not WSMsgType.TEXT:
                follower.put(self._problem(ApiError("malformed")))
            elif self._waiting.qsize() >= MAX_WAITING - 1:
                follower.put(self._problem(ApiError("rate")))
            else:
                self._waiting.put_nowait(frame.data)

    async def _write(self, follower: Follower) -> None:
        while True:
            frame = await follower.frames.get()
            if isinstance(frame, Close):
                self._is_closing = True
                await self._socket.close(code=frame.code)
                return
            if follower.is_news(frame):
                await _send(self._socket, frame)

    async def _answer(self, conversation_id: str, follower: Follower) -> None:
        while (data := await self._waiting.get()) is not None:
            client_id: str | None = None
            try:
                body = parse_object(data, None)
                client_id = read_client_id(body)
                check_fields(body, MESSAGE_FIELDS)
                sent = read_message(body, max_characters=self._app[SETTINGS].message_max_characters)
                await self._app[LIMITS].take_message(hash_of(self._token))
                outcome = await self._app[TURNS].take(
                    conversation_id, self._token, sent, address=public_address(self._request)
                )
            except ApiError as error:
                follower.put(self._problem(error, client_id))
            except ConversationError as error:
                problem = ApiError.of_conversation(error)
                follower.put(self._problem(problem, client_id))
                if problem.status in _CLOSE_CODES:
                    follower.put(Close(_CLOSE_CODES[problem.status]))
            except Exception as error:
                logger.error("A message over a socket failed: %s", describe(error))
                follower.put(self._problem(ApiError("internal"), client_id))
            else:
                # The follower has got these before, and would leave them out.
                for line in outcome.told_before:
                    await _send(self._socket, {"message": line.as_json()})
                if not outcome.is_answered:
                    replies = [line.as_json() for line in outcome.replies]
                    follower.put(self._problem(ApiError("unavailable"), client_id, replies))

    async def _catch_up(self, follower: Follower, after: int) -> None:
        while True:
            read = await self._read(after)
            for line in read.lines:
                await _send(self._socket, {"message": line.as_json()})
                after = line.id
            if len(read.lines) < PAGE:
                break
        # A number from before a restored backup must not hide what is said from now on.
        follower.last_id = min(after, read.last_id)
        if read.handoff is not None:
            await _send(self._socket, {"state": read.handoff})

    async def _read(self, after: int) -> _Read:
        now = self._app[SETTINGS].now()

        def work(session: Session) -> _Read:
            conversation = self._app[TURNS].doorkeeper.open(session, self._token, now=now)
            return _Read(
                id=conversation.id,
                language=conversation.language,
                handoff=(
                    describe_handoff(session, conversation) if conversation.state in MUTED else None
                ),
                last_id=conversation.last_number,
                lines=conversations.read_after(session, conversation.id, after),
            )

        read = await self._app[STORAGE].write(work)
        speak(self._request, read.language)
        return read

    def _problem(
        self,
        error: ApiError,
        client_id: str | None = None,
        replies: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        frame: dict[str, Any] = error.as_json(language_of(self._request))
        if client_id is not None:
            frame["client_id"] = client_id
        if replies:
            frame["replies"] = replies
        if error.retry_after_seconds is not None:
            frame["retry_after"] = error.retry_after_seconds
        return frame


async def _send(socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
    # The other end may go at any time; what it misses it reads when it comes back.
    with suppress(ConnectionError, RuntimeError):
        await socket.send_json(frame)
