"""Start, change and erase conversations over HTTP."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import conversations, messages
from coaching.transcript import Draft, Line
from opastin.texts import DEFAULT_LANGUAGE, Texts
from web.bodies import CHANNELS, read_body, read_choice, read_flag, read_language
from web.errors import ApiError
from web.keys import LIMITS, METRICS, SETTINGS, STORAGE, TEXTS, TURNS
from web.requests import read_token, speak

GREETING = "utter_greet"


async def start(request: web.Request) -> web.Response:
    """Begin a conversation; its greeting is its first reply."""
    body = await read_body(request, {"language", "plain_language", "channel"})
    language = read_language(body, DEFAULT_LANGUAGE)
    plain_language = read_flag(body, "plain_language") or False
    channel = read_choice(body, "channel", CHANNELS, CHANNELS[0])
    speak(request, language)
    app = request.app
    await app[LIMITS].take_conversation(request.remote or "")
    now = app[SETTINGS].now()

    def work(session: Session) -> tuple[conversations.Started, tuple[Line, ...]]:
        started = conversations.start(
            session, channel=channel, language=language, plain_language=plain_language, now=now
        )
        conversation = conversations.get(session, started.id)
        greeting = _greeting(app[TEXTS], language, plain=plain_language)
        return started, messages.store_replies(session, conversation, [greeting], now=now)

    started, replies = await app[STORAGE].write(work)
    app[METRICS].conversations[channel] += 1
    return web.json_response(
        {
            "conversation": started.id,
            "token": started.token,
            "replies": [line.as_json() for line in replies],
        },
        status=201,
    )


async def change(request: web.Request) -> web.Response:
    """Set the language or easy language of what is said from now on."""
    token = read_token(request)
    conversation_id = request.match_info["conversation"]
    body = await read_body(request, {"language", "plain_language"})
    if not body:
        raise ApiError("missing_field", name="language")
    language = read_language(body, "") if "language" in body else None
    plain_language = read_flag(body, "plain_language")
    app = request.app
    now = app[SETTINGS].now()

    def work(session: Session) -> dict[str, object]:
        conversation = app[TURNS].doorkeeper.open(
            session, token, now=now, conversation_id=conversation_id
        )
        conversations.set_language(conversation, language=language, plain_language=plain_language)
        return {
            "conversation": conversation.id,
            "language": conversation.language,
            "plain_language": conversation.plain_language,
        }

    return web.json_response(await app[STORAGE].write(work))


async def erase(request: web.Request) -> web.Response:
    """Erase a conversation everywhere; its token answers "gone" from now on."""
    token = read_token(request)
    await request.app[TURNS].erase(request.match_info["conversation"], token)
    return web.Response(status=204)


def _greeting(texts: Texts, language: str, *, plain: bool) -> Draft:
    return Draft(
        text=texts.text(GREETING, language, plain=plain),
        buttons=texts.buttons(GREETING, language, plain=plain),
    )
