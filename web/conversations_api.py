"""Start, change and erase conversations over HTTP."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import conversations, kiosks, messages
from coaching.conversations import hash_of
from coaching.transcript import Draft, Line
from opastin.texts import DEFAULT_LANGUAGE, Texts
from web.bodies import (
    CHANNELS,
    KIOSK,
    read_body,
    read_choice,
    read_flag,
    read_language,
    read_referral,
)
from web.devices import read_device
from web.errors import ApiError
from web.keys import LIMITS, METRICS, SETTINGS, STORAGE, TEXTS, TURNS, VISITS
from web.requests import read_token, speak
from web.senders import sender_of

GREETING = "utter_greet"


async def start(request: web.Request) -> web.Response:
    """Begin a conversation; its greeting is its first reply."""
    body = await read_body(request, {"language", "plain_language", "channel", "referral"})
    language = read_language(body, DEFAULT_LANGUAGE)
    plain_language = read_flag(body, "plain_language") or False
    channel = read_choice(body, "channel", CHANNELS, CHANNELS[0])
    referral = read_referral(body)
    speak(request, language)
    app = request.app
    kiosk = await _admit(request, channel)
    now = app[SETTINGS].now()

    def work(session: Session) -> tuple[conversations.Started, tuple[Line, ...]]:
        started = conversations.start(
            session,
            channel=channel,
            language=language,
            plain_language=plain_language,
            now=now,
            kiosk=kiosk,
        )
        if kiosk is not None:
            kiosks.count_visit(session, kiosk, now=now)
        conversation = conversations.get(session, started.id)
        conversation.referral = referral
        greeting = greet(app[TEXTS], language, plain=plain_language)
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


async def ask_feedback(request: web.Request) -> web.Response:
    """Ask the person how the chat went; the answer is one of the reply's buttons."""
    token = read_token(request)
    app = request.app
    await app[LIMITS].take_message(hash_of(token))
    line = await app[TURNS].ask_feedback(request.match_info["conversation"], token)
    speak(request, line.language)
    return web.json_response({"replies": [line.as_json()]})


async def erase(request: web.Request) -> web.Response:
    """Erase a conversation everywhere; its token answers "gone" from now on."""
    token = read_token(request)
    await request.app[TURNS].erase(request.match_info["conversation"], token)
    return web.Response(status=204)


async def _admit(request: web.Request, channel: str) -> str | None:
    """Return the device that a new conversation is a visit to, or raise ApiError.

    A library has one address and many visitors, so a kiosk is counted by its device.
    """
    app = request.app
    if channel != KIOSK:
        await app[LIMITS].take_conversation(sender_of(request))
        return None
    device = await read_device(request)
    try:
        await app[LIMITS].take_visit(device.id)
    except ApiError as error:
        now, code = app[SETTINGS].now(), error.code
        await app[STORAGE].write(
            lambda session: kiosks.note_error(session, device.id, code, now=now)
        )
        raise
    await app[VISITS].end_all(device.id)
    return device.id


def greet(texts: Texts, language: str, *, plain: bool) -> Draft:
    """Return what begins a conversation."""
    return Draft(
        text=texts.text(GREETING, language, plain=plain),
        buttons=texts.buttons(GREETING, language, plain=plain),
    )
