"""The chat without scripts: a form and page loads, for browsers that run none."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import conversations, messages
from coaching.conversations import PAGE, hash_of
from coaching.errors import ConversationError
from coaching.transcript import Line
from opastin.texts import LANGUAGES
from web.addresses import public_address
from web.bodies import clean, read_form, read_language, read_message, read_referral
from web.conversations_api import greet
from web.errors import ApiError
from web.keys import LIMITS, METRICS, SETTINGS, STORAGE, TEXTS, TURNS
from web.markup import answer
from web.origins import is_own
from web.plain_html import ADDRESS, LATEST, write
from web.plain_page import Page, arrange, proof_of
from web.requests import preferred_language, speak
from web.senders import sender_of

COOKIE = "opastin_chat"
CHANNEL = "web"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_MAX_REFERRAL = 32

Fields = Mapping[str, str]


async def show(request: web.Request) -> web.Response:
    """Show the conversation that the browser's cookie opens, else how to begin one."""
    token = request.cookies.get(COOKIE)
    try:
        if not token:
            return _send(request, _beginning(request))
        page = await _read(request, token)
    except (ApiError, ConversationError) as error:
        return _end(request, _as_api(error))
    is_asking = request.query.get("ask") == "erase"
    return _send(request, replace(page, is_asking_to_erase=is_asking))


async def act(request: web.Request) -> web.StreamResponse:
    """Do what a form asks, then lead the browser back to the page."""
    if not is_own(request, request.app[SETTINGS]):
        raise ApiError("origin")
    token = request.cookies.get(COOKIE, "")
    fields: Fields = {}
    try:
        fields = await read_form(request)
        if "start" in fields:
            return await _start(request, fields)
        # The cookie alone proves nothing: a form of another page would bring it too.
        if not hmac.compare_digest(fields.get("proof", "").encode(), proof_of(token).encode()):
            raise ApiError("token", words="page_stale" if token else "chat_forgotten")
        deed = next((_DEEDS[name] for name in _DEEDS if name in fields), _say)
        return await deed(request, token, fields)
    except (ApiError, ConversationError) as error:
        return await _tell(request, token, fields, _as_api(error))


async def _tell(
    request: web.Request, token: str, fields: Fields, problem: ApiError
) -> web.StreamResponse:
    """Show what went wrong on the conversation as it is now, with what was typed."""
    try:
        page = await _read(request, token)
    except ConversationError as error:
        return _end(request, _as_api(error) if token else problem)
    page = replace(
        page,
        problem=_words(problem, page.language),
        is_unsent="text" in fields or "payload" in fields,
        typed=clean(fields.get("text", "")),
    )
    return _send(request, page, status=problem.status)


def remember(request: web.Request, response: web.Response, token: str) -> None:
    """Have the browser open the conversation of `token` here, until its window is closed."""
    # No longer than that, for the sake of shared computers.
    response.set_cookie(
        COOKIE, token, path=ADDRESS, httponly=True, samesite="Lax", secure=_is_secure(request)
    )


async def _start(request: web.Request, fields: Fields) -> web.StreamResponse:
    language = read_language(fields, _language(request))
    plain = "plain" in fields
    referral = read_referral(fields) if fields.get("referral") else None
    app = request.app
    try:
        await app[LIMITS].take_conversation(sender_of(request))
    except ApiError as error:
        page = replace(_beginning(request), language=language, problem=_words(error, language))
        return _send(request, page, status=error.status)
    now = app[SETTINGS].now()

    def work(session: Session) -> str:
        started = conversations.start(
            session, channel=CHANNEL, language=language, plain_language=plain, now=now
        )
        conversation = conversations.get(session, started.id)
        conversation.referral = referral
        first = greet(app[TEXTS], language, plain=plain)
        messages.store_replies(session, conversation, [first], now=now)
        return started.token

    token = await app[STORAGE].write(work)
    app[METRICS].conversations[CHANNEL] += 1
    response = _go(ADDRESS)
    remember(request, response, token)
    return response


async def _say(request: web.Request, token: str, fields: Fields) -> web.StreamResponse:
    began = time.perf_counter()
    named = {name: fields[name] for name in ("text", "payload", "client_id") if name in fields}
    sent = read_message(named, max_characters=request.app[SETTINGS].message_max_characters)
    await request.app[LIMITS].take_message(hash_of(token))
    outcome = await request.app[TURNS].take(
        _id_of(token), token, sent, address=public_address(request)
    )
    request.app[METRICS].count_turn(began, outcome.bot_seconds)
    if any((line.custom or {}).get("kind") == "erased" for line in outcome.replies):
        return _go_erased(outcome.replies[0].language)
    return _go(f"{ADDRESS}#{LATEST}")


async def _change(request: web.Request, token: str, fields: Fields) -> web.StreamResponse:
    language = read_language(fields, "") if "change" in fields else None
    plain = fields["plain"] == "on" if "plain" in fields else None
    app = request.app
    now = app[SETTINGS].now()

    def work(session: Session) -> None:
        conversation = app[TURNS].doorkeeper.open(session, token, now=now)
        conversations.set_language(conversation, language=language, plain_language=plain)

    await app[STORAGE].write(work)
    return _go(ADDRESS)


async def _ask_feedback(request: web.Request, token: str, fields: Fields) -> web.StreamResponse:
    await request.app[LIMITS].take_message(hash_of(token))
    await request.app[TURNS].ask_feedback(_id_of(token), token)
    return _go(f"{ADDRESS}#{LATEST}")


async def _erase(request: web.Request, token: str, fields: Fields) -> web.StreamResponse:
    if fields["erase"] != "yes":
        return _go(f"{ADDRESS}?ask=erase")
    language = (await _read(request, token)).language
    await request.app[TURNS].erase(_id_of(token), token)
    return _go_erased(language)


_Deed = Callable[[web.Request, str, Fields], Awaitable[web.StreamResponse]]
_DEEDS: dict[str, _Deed] = {
    "erase": _erase,
    "feedback": _ask_feedback,
    "change": _change,
    "plain": _change,
}


async def _read(request: web.Request, token: str) -> Page:
    app = request.app
    now = app[SETTINGS].now()

    def work(session: Session) -> tuple[str, bool, list[Line]]:
        conversation = app[TURNS].doorkeeper.open(session, token, now=now)
        lines: list[Line] = []
        while True:
            after = lines[-1].id if lines else 0
            more = conversations.read_after(session, conversation.id, after)
            lines.extend(more)
            if len(more) < PAGE:
                return conversation.language, conversation.plain_language, lines

    language, plain, lines = await app[STORAGE].write(work)
    speak(request, language)
    return Page(language, arrange(lines, language), proof=proof_of(token), plain_language=plain)


def _beginning(request: web.Request) -> Page:
    news = ("erased", "erased_next") if "erased" in request.query else ()
    referral = request.query.get("referral", "")[:_MAX_REFERRAL]
    return Page(_language(request), news=news, referral=referral)


def _end(request: web.Request, error: ApiError) -> web.Response:
    page = replace(_beginning(request), problem=_words(error, _language(request)))
    response = _send(request, page, status=error.status)
    _forget(response)
    return response


def _send(request: web.Request, page: Page, *, status: int = 200) -> web.Response:
    response = answer(write(page), status=status, policy=POLICY)
    # With no referrer at all a browser would not say that a form came from here.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _go(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _go_erased(language: str) -> web.Response:
    return _forget(_go(f"{ADDRESS}?erased=1&language={language}"))


def _forget(response: web.Response) -> web.Response:
    response.del_cookie(COOKIE, path=ADDRESS)
    return response


def _language(request: web.Request) -> str:
    wanted = request.query.get("language", "")
    header = request.headers.get("Accept-Language", "")
    return wanted if wanted in LANGUAGES else preferred_language(header)


def _words(error: ApiError, language: str) -> str:
    return str(error.as_json(language)["error"]["message"])


def _as_api(error: ApiError | ConversationError) -> ApiError:
    return error if isinstance(error, ApiError) else ApiError.of_conversation(error)


def _id_of(token: str) -> str:
    return token.partition(".")[0]


def _is_secure(request: web.Request) -> bool:
    public = request.app[SETTINGS].public_url or ""
    return request.secure or public.startswith("https:")
