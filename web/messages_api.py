"""Send and read messages over HTTP."""

from __future__ import annotations

import time

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import conversations
from coaching.conversations import PAGE, hash_of
from coaching.transcript import PERSON, Line
from web.addresses import public_address
from web.bodies import MESSAGE_FIELDS, check_fields, read_body, read_message, read_number
from web.errors import ApiError
from web.handoff_state import describe
from web.keys import LIMITS, METRICS, SETTINGS, STORAGE, TURNS
from web.requests import read_token, speak

MAX_NUMBER = 10**9 - 1


async def post(request: web.Request) -> web.Response:
    """Take a message and answer with the replies to it."""
    began = time.perf_counter()
    token = read_token(request)
    body = await read_body(request, MESSAGE_FIELDS | {"conversation"})
    conversation_id = body.get("conversation")
    if conversation_id is None:
        raise ApiError("missing_field", name="conversation")
    if not isinstance(conversation_id, str):
        raise ApiError("wrong_value", name="conversation")
    app = request.app
    sent = read_message(body, max_characters=app[SETTINGS].message_max_characters)
    await app[LIMITS].take_message(hash_of(token))
    outcome = await app[TURNS].take(conversation_id, token, sent, address=public_address(request))
    speak(request, outcome.replies[0].language if outcome.replies else outcome.line.language)
    answer: dict[str, object] = {"replies": [line.as_json() for line in outcome.replies]}
    if outcome.is_answered:
        response = web.json_response(answer)
        app[METRICS].count_turn(began, outcome.bot_seconds)
        return response
    error = ApiError("unavailable")
    return web.json_response(error.as_json(outcome.line.language) | answer, status=error.status)


async def read(request: web.Request) -> web.Response:
    """Answer with what was said after a number: `replies`, and `messages` with one's own too."""
    token = read_token(request)
    check_fields(request.query, {"after", "conversation"})
    after = read_number(request.query, "after", least=0, most=MAX_NUMBER, default=0)
    conversation_id = request.query.get("conversation")
    app = request.app
    now = app[SETTINGS].now()

    def work(session: Session) -> tuple[tuple[Line, ...], dict[str, object]]:
        conversation = app[TURNS].doorkeeper.open(
            session, token, now=now, conversation_id=conversation_id
        )
        lines = conversations.read_after(session, conversation.id, after)
        return lines, {
            "conversation": conversation.id,
            "language": conversation.language,
            "plain_language": conversation.plain_language,
            "state": describe(session, conversation),
        }

    lines, about = await app[STORAGE].write(work)
    return web.json_response(
        {
            "messages": [line.as_json() for line in lines],
            "replies": [line.as_json() for line in lines if line.speaker != PERSON],
            "more": len(lines) == PAGE,
            **about,
        }
    )
