"""The WebSocket that the widget talks over: the same messages, ordered, numbered, resumable."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import WSMessage, WSMsgType, web
from sqlalchemy.orm import Session

from coaching import conversations
from coaching.conversations import PAGE, hash_of
from coaching.errors import ConversationError, ConversationGone
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
from web.failures import INTERNAL, describe
from web.handoff_state import describe as describe_handoff
from web.hub import GONE, TRY_AGAIN, Close, Follower
from web.keys import HUB, LIMITS, METRICS, SETTINGS, STORAGE, TURNS
from web.messages_api import MAX_NUMBER
from web.requests import language_of, speak

HEARTBEAT_SECONDS = 25.0
FIRST_FRAME_SECONDS = 10.0
MAX_SOCKETS = 10
# A person's frames that wait while one is being answered.
MAX_WAITING = 8
# So many frames in a row that cannot be taken are no person's doing.
MAX_FAULTS = 40
MALFORMED, TOKEN = 4400, 4401
_ENDS = frozenset({WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED})
_CLOSE_CODES = {401: TOKEN, 404: TOKEN, 410: GONE, 429: TRY_AGAIN, 500: TRY_AGAIN}

logger = logging.getLogger(__name__)


async def chat(request: web.Request) -> web.WebSocketResponse:
    """Open a socket; it follows one conversation until it closes."""
    socket = _ChatSocket(request)
    await socket.prepare(request)
    return socket


class _ChatSocket(web.WebSocketResponse):
    """The response that is the socket."""

    def __init__(self, request: web.Request) -> None:
        # Packing would keep 100 kB for each socket, more than most of them ever send.
        super().__init__(heartbeat=HEARTBEAT_SECONDS, max_msg_size=MAX_BODY_BYTES, compress=False)
        self._request = request
        self._is_followed = False

    async def write_eof(self) -> None:  # type: ignore[override]
        """Follow the conversation, then close.

        The handler and its middlewares are done when this is called, and waiting here for hours
        keeps none of them; they would take a quarter of a socket's memory.
        """
        if not self._is_followed:
            self._is_followed = True
            await _follow(self._request, self)
        await super().write_eof()


async def _follow(request: web.Request, socket: web.WebSocketResponse) -> None:
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
    # Who has the conversation; mostly not told where it is the bot.
    handoff: dict[str, object] | None
    last_id: int
    lines: tuple[Line, ...]


class _Room(Follower):
    """One socket in its conversation.

    Most sockets are quiet nearly always, so the tasks that write and answer last only as long
    as there is something to do: thousands of them waiting would take most of the memory.
    """

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, token: str) -> None:
        super().__init__()
        self._request = request
        self._app = request.app
        self._socket = socket
        self._token = token
        self._is_writing_allowed = False
        self._is_closing = False
        self._is_behind = False
        self._faults = 0
        # What a frame held, and when it came.
        self._waiting: list[tuple[str, float]] = []
        self._writing: asyncio.Task[None] | None = None
        self._answering: asyncio.Task[None] | None = None

    async def stay(self, after: int) -> None:
        """Send what was missed and what comes, take what is written, until the end."""
        conversation_id = (await self._read(after)).id
        hub = self._app[HUB]
        if hub.count(conversation_id) >= MAX_SOCKETS:
            raise ApiError("rate")
        hub.join(conversation_id, self)
        try:
            # Read again: what was said before joining must not be missed.
            await self._catch_up(after)
            self._is_writing_allowed = True
            self.wake()
            while (frame := await self._socket.receive()).type not in _ENDS:
                self._take(conversation_id, frame)
                # What is read already comes without a wait, and must not keep others waiting.
                await asyncio.sleep(0)
        finally:
            await self._finish()
            hub.leave(conversation_id, self)

    async def _finish(self) -> None:
        self._is_writing_allowed = False
        if self._writing is not None:
            if not self._is_closing:
                self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
        # What was received is answered even when the person has gone meanwhile.
        if self._answering is not None:
            await asyncio.shield(self._answering)

    def _take(self, conversation_id: str, frame: WSMessage) -> None:
        if frame.type is WSMsgType.ERROR:
            return
        if frame.type is not WSMsgType.TEXT:
            self.put(self._problem(ApiError("malformed")))
        elif len(self._waiting) >= MAX_WAITING:
            self.put(self._problem(ApiError("rate")))
        else:
            self._waiting.append((frame.data, time.perf_counter()))
            if self._answering is None:
                self._answering = asyncio.create_task(self._answer_all(conversation_id))
        if self._faults > MAX_FAULTS:
            raise ApiError("rate")

    def wake(self) -> None:
        """Begin to write what waits, once what was said before has been sent."""
        if self._is_writing_allowed and self._writing is None:
            self._writing = asyncio.create_task(self._write())

    def look_again(self) -> None:
        """Send what was missed before anything else, and who has the conversation now."""
        self._is_behind = True
        self.wake()

    async def _write(self) -> None:
        # What the bot is asked goes out first: it works while this is written.
        await asyncio.sleep(0)
        while self.frames or self._is_behind:
            if self._is_behind:
                self._is_behind = False
                await self._fill_in(tells_state=True)
                continue
            if self.is_ahead(self.frames[0]):
                # Of two lines that are told at once, the later may come first.
                await self._fill_in()
            frame = self.frames.pop(0)
            if isinstance(frame, Close):
                self._is_closing = True
                await self._socket.close(code=frame.code)
                return
            if callable(frame):
                frame()
            elif self.is_news(frame):
                await _send(self._socket, frame)
        self._writing = None

    async def _fill_in(self, *, tells_state: bool = False) -> None:
        """Send what was missed; where it cannot be read, the person comes back for it."""
        try:
            await self._catch_up(self.last_id, tells_state=tells_state)
        except ConversationGone:
            # Its goodbye may be waiting here, and is stored nowhere.
            self.put(Close(GONE))
        except ConversationError:
            # Somebody else has it now.
            self.frames[:] = [Close(GONE)]
        except Exception as error:
            logger.error("A socket missed something: %s", describe(error))
            self.frames[:] = [Close(TRY_AGAIN)]

    async def _answer_all(self, conversation_id: str) -> None:
        free_since = 0.0
        while self._waiting:
            data, came = self._waiting.pop(0)
            # Waiting for the answer to one's own last message is not this one's time.
            await self._answer(conversation_id, data, began=max(came, free_since))
            free_since = time.perf_counter()
        self._answering = None

    async def _answer(self, conversation_id: str, data: str, *, began: float) -> None:
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
            self.put(self._problem(error, client_id))
        except ConversationError as error:
            problem = ApiError.of_conversation(error)
            self.put(self._problem(problem, client_id))
            if problem.status in _CLOSE_CODES:
                self.put(Close(_CLOSE_CODES[problem.status]))
        except Exception as error:
            self._app[METRICS].failures_by_kind[INTERNAL] += 1
            logger.error("A message over a socket failed: %s", describe(error))
            self.put(self._problem(ApiError("internal"), client_id))
        else:
            self._faults = 0
            speak(self._request, (outcome.replies or (outcome.line,))[0].language)
            # The follower has got these before, and would leave them out.
            for line in outcome.told_before:
                await _send(self._socket, {"message": line.as_json()})
            if not outcome.is_answered:
                replies = [line.as_json() for line in outcome.replies]
                self.put(self._problem(ApiError("unavailable"), client_id, replies))
            count = self._app[METRICS].count_turn
            self.put(partial(count, began, outcome.bot_seconds))

    async def _catch_up(self, after: int, *, tells_state: bool = False) -> None:
        while True:
            read = await self._read(after, tells_state=tells_state)
            for line in read.lines:
                await _send(self._socket, {"message": line.as_json()})
                after = line.id
            if len(read.lines) < PAGE:
                break
        # A number from before a restored backup must not hide what is said from now on.
        self.last_id = min(after, read.last_id)
        if read.handoff is not None:
            await _send(self._socket, {"state": read.handoff})

    async def _read(self, after: int, *, tells_state: bool = False) -> _Read:
        now = self._app[SETTINGS].now()

        def work(session: Session) -> _Read:
            conversation = self._app[TURNS].doorkeeper.open(session, self._token, now=now)
            return _Read(
                id=conversation.id,
                language=conversation.language,
                handoff=(
                    describe_handoff(session, conversation)
                    if tells_state or conversation.state in MUTED
                    else None
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
        self._faults += 1
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
