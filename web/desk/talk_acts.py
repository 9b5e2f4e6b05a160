"""What a coach does in a conversation; each act leads back to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import accounts, desk_work
from coaching.desk_models import Coach
from coaching.errors import UnknownConversation
from coaching.handoff import OUTCOMES
from coaching.sight import may_see
from web.bodies import clean
from web.desk.page import go
from web.desk.queue_page import refuse_late
from web.desk.session import DESK, needs
from web.desk.work_part import MAX_NOTE
from web.errors import ApiError
from web.keys import HANDOFFS, SETTINGS, STORAGE

TALK = f"{DESK}/c/{{conversation}}"
MAX_CHARACTERS = 2000


def routes() -> list[web.RouteDef]:
    """Return the addresses of what a coach does in a conversation."""
    return [
        web.post(f"{TALK}/step-in", step_in),
        web.post(f"{TALK}/say", say),
        web.post(f"{TALK}/give-back", give_back),
        web.post(f"{TALK}/assign", assign),
        web.post(f"{TALK}/close", close),
        web.post(f"{TALK}/note", write_note),
        web.post(f"{TALK}/delete-note", delete_note),
        web.post(f"{TALK}/label", label),
        web.post(f"{TALK}/unlabel", unlabel),
    ]


@needs("guide")
async def step_in(request: web.Request, coach: Coach) -> web.Response:
    """Take a conversation that nobody has asked a coach into."""
    await _must_see(request, coach)
    refuse_late(await request.app[HANDOFFS].step_in(_id(request), coach))
    return _back(request, "stepped_in")


@needs("guide")
async def say(request: web.Request, coach: Coach) -> web.Response:
    """Say something to the person."""
    text = _text(await _fields(request), "text", MAX_CHARACTERS)
    spoken = await request.app[HANDOFFS].say(_id(request), coach, text)
    refuse_late(spoken is not None)
    return _back(request, "sent")


@needs("guide")
async def give_back(request: web.Request, coach: Coach) -> web.Response:
    """Let the bot go on."""
    refuse_late(await request.app[HANDOFFS].give_back(_id(request), coach))
    return go(f"{DESK}?news=given_back")


@needs("guide")
async def assign(request: web.Request, coach: Coach) -> web.Response:
    """Give the conversation to another coach."""
    wanted = (await _fields(request)).get("to", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        raise ApiError("wrong_value", name="to")
    to = await request.app[STORAGE].read(lambda session: accounts.get(session, int(wanted)))
    if to is None:
        raise ApiError("wrong_value", name="to")
    refuse_late(await request.app[HANDOFFS].assign(_id(request), coach, to))
    return go(f"{DESK}?news=assigned")


@needs("guide")
async def close(request: web.Request, coach: Coach) -> web.Response:
    """End the talk, and keep what came of it."""
    outcome = (await _fields(request)).get("outcome", "")
    if outcome not in OUTCOMES:
        raise ApiError("wrong_value", name="outcome")
    refuse_late(await request.app[HANDOFFS].close(_id(request), coach, outcome))
    return go(f"{DESK}?news=closed")


@needs("guide")
async def write_note(request: web.Request, coach: Coach) -> web.Response:
    """Keep a private note."""
    text, now = _text(await _fields(request), "note", MAX_NOTE), request.app[SETTINGS].now()
    await _keep(
        request, coach, lambda s, wanted: desk_work.write_note(s, wanted, coach, text, now=now)
    )
    return _back(request, "note_kept")


@needs("guide")
async def delete_note(request: web.Request, coach: Coach) -> web.Response:
    """Delete a note of one's own."""
    number = (await _fields(request)).get("note", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise ApiError("wrong_value", name="note")
    is_gone = await _keep(
        request, coach, lambda s, wanted: desk_work.delete_note(s, wanted, coach, int(number))
    )
    return _back(request, "note_deleted" if is_gone else None)


@needs("guide")
async def label(request: web.Request, coach: Coach) -> web.Response:
    """Put a label on the conversation."""
    text = _text(await _fields(request), "label", MAX_CHARACTERS)
    is_kept = await _keep(request, coach, lambda s, wanted: desk_work.set_label(s, wanted, text))
    return _back(request, "label_kept" if is_kept else "labels_full")


@needs("guide")
async def unlabel(request: web.Request, coach: Coach) -> web.Response:
    """Take a label off the conversation."""
    text = (await _fields(request)).get("label", "")
    await _keep(request, coach, lambda s, wanted: desk_work.remove_label(s, wanted, text))
    return _back(request, "label_gone")


async def _keep(request: web.Request, coach: Coach, work: Callable[[Session, str], Any]) -> Any:
    conversation_id = _id(request)

    def checked(session: Session) -> Any:
        if not may_see(session, coach, conversation_id):
            raise UnknownConversation
        return work(session, conversation_id)

    return await request.app[STORAGE].write(checked)


async def _must_see(request: web.Request, coach: Coach) -> None:
    conversation_id = _id(request)
    if not await request.app[STORAGE].read(lambda s: may_see(s, coach, conversation_id)):
        raise UnknownConversation


async def _fields(request: web.Request) -> Mapping[str, str]:
    sent = (await request.post()).items()
    return {name: value for name, value in sent if isinstance(value, str)}


def _text(fields: Mapping[str, str], name: str, most: int) -> str:
    text = clean(fields.get(name, "")).strip()
    if not text:
        raise ApiError("empty", words="desk_empty")
    if len(text) > most:
        raise ApiError("too_large")
    return text


def _id(request: web.Request) -> str:
    return request.match_info["conversation"]


def _back(request: web.Request, news: str | None) -> web.Response:
    """Lead back to the conversation, where `news` of "talk.news" is told."""
    return go(f"{DESK}/c/{_id(request)}{f'?news={news}' if news else ''}")
