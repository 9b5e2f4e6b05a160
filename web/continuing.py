"""Go on with a conversation on a phone: a QR code, a page with one button, a token of its own."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import tickets
from coaching.models import Conversation
from coaching.tickets import Issued
from opastin.texts import DEFAULT_LANGUAGE, LANGUAGES
from web import continue_page
from web.addresses import public_address
from web.keys import SETTINGS, STORAGE, VISITS
from web.markup import answer
from web.opened import in_conversation
from web.plain_chat import remember
from web.qr import qr_svg
from web.requests import language_of

_MAX_CODE = 100


async def make(request: web.Request) -> web.Response:
    """Answer with an address that gives the conversation away once, within five minutes."""

    def work(session: Session, conversation: Conversation, now: datetime) -> Issued:
        return tickets.issue(session, conversation, now=now)

    issued = await in_conversation(request, work)
    url = f"{public_address(request)}/continue/{issued.code}"
    expires = issued.expires_at.isoformat(timespec="seconds")
    return web.json_response({"url": url, "qr_svg": qr_svg(url), "expires": expires})


async def ask(request: web.Request) -> web.Response:
    """Show one button: what only looks at an address, as previews of links do, uses nothing up."""
    language = await _language_of_ticket(request)
    return _gone(request) if language is None else answer(continue_page.ask(language))


async def take(request: web.Request) -> web.Response:
    """Use the address up: the page gets the conversation's new token, and the old one ends."""
    # Whoever guesses must not keep others from writing.
    is_alive = await _language_of_ticket(request) is not None
    handed = await request.app[VISITS].hand_over(_code(request)) if is_alive else None
    if handed is None:
        return _gone(request)
    started, language = handed
    response = answer(continue_page.hand_over(started, language))
    # The address is used up, so a phone without scripts must not be left with nothing.
    remember(request, response, started.token)
    return response


async def talk(request: web.Request) -> web.Response:
    """Show the page that has the chat and nothing else on it."""
    language = request.query.get("language", "")
    return answer(
        continue_page.talk(language if language in LANGUAGES else DEFAULT_LANGUAGE),
        policy=continue_page.TALK_POLICY,
    )


async def _language_of_ticket(request: web.Request) -> str | None:
    code, now = _code(request), request.app[SETTINGS].now()

    def work(session: Session) -> str | None:
        conversation = tickets.find(session, code, now=now)
        return None if conversation is None else conversation.language

    return await request.app[STORAGE].read(work)


def _code(request: web.Request) -> str:
    return request.match_info["code"][:_MAX_CODE]


def _gone(request: web.Request) -> web.Response:
    # Used, too old or never issued: whoever guesses learns nothing from the answer.
    return answer(continue_page.gone(language_of(request)), status=410)
