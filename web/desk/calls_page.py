"""Call-backs: who wishes to be called, how to reach them, and what has been done."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit, callback_requests
from coaching.callback_requests import OPEN, open_requests
from coaching.desk_models import Coach
from coaching.models import CallbackRequest
from web.desk.page import desk_page, go, post_form, words
from web.desk.parts import NAMES, moment, status_line
from web.desk.queue_page import STYLE, refuse_late
from web.desk.session import DESK, needs, session_of, subject_of
from web.hub import DESK as DESK_FOLLOWERS
from web.keys import HUB, SETTINGS, STORAGE
from web.labels import Labels
from web.markup import build

CALLS = f"{DESK}/calls"
VIEWED = "view_call"
# What the address may say has happened: a text of the section "calls.news".
NEWS = frozenset({"taken", "put_back", "done"})


def routes() -> list[web.RouteDef]:
    """Return the addresses of the call-backs."""
    return [
        web.get(CALLS, show),
        web.post(f"{CALLS}/{{request:[0-9]{{1,9}}}}/take", take),
        web.post(f"{CALLS}/{{request:[0-9]{{1,9}}}}/put-back", put_back),
        web.post(f"{CALLS}/{{request:[0-9]{{1,9}}}}/reveal", reveal),
        web.post(f"{CALLS}/{{request:[0-9]{{1,9}}}}/done", finish),
    ]


@needs("guide")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show who wishes to be called, in their own words but without how to reach them."""
    return await _page(request, coach)


@needs("guide")
async def take(request: web.Request, coach: Coach) -> web.Response:
    """Promise to call somebody."""
    return await _act(request, "taken", lambda s, number: callback_requests.take(s, number, coach))


@needs("guide")
async def put_back(request: web.Request, coach: Coach) -> web.Response:
    """Leave a call to others again."""
    return await _act(
        request, "put_back", lambda s, number: callback_requests.put_back(s, number, coach)
    )


@needs("guide")
async def finish(request: web.Request, coach: Coach) -> web.Response:
    """Say that somebody has been called."""
    now = request.app[SETTINGS].now()
    return await _act(
        request, "done", lambda s, number: callback_requests.finish(s, number, coach, now=now)
    )


@needs("guide")
async def reveal(request: web.Request, coach: Coach) -> web.Response:
    """Show how to reach somebody; the audit tells that it was shown."""
    number, now = _number(request), request.app[SETTINGS].now()

    def work(session: Session) -> str | None:
        found = session.get(CallbackRequest, number)
        if found is None:
            return None
        subject = subject_of(request, found.conversation_id)
        return callback_requests.reveal(session, number, coach, subject=subject, now=now)

    contact = await request.app[STORAGE].write(work)
    refuse_late(contact is not None)
    return await _page(request, coach, revealed=number, contact=contact or "")


async def _act(
    request: web.Request, news: str, act: Callable[[Session, int], bool]
) -> web.Response:
    number = _number(request)
    refuse_late(await request.app[STORAGE].write(lambda session: act(session, number)))
    request.app[HUB].announce(DESK_FOLLOWERS, {"queue": True})
    return go(f"{CALLS}?news={news}")


def _number(request: web.Request) -> int:
    return int(request.match_info["request"])


async def _page(
    request: web.Request, coach: Coach, *, revealed: int | None = None, contact: str = ""
) -> web.Response:
    labels, now = words(coach.language), request.app[SETTINGS].now()

    def work(session: Session) -> list[CallbackRequest]:
        found = open_requests(session, coach)
        for one in found:
            audit.note(session, coach.name, VIEWED, subject_of(request, one.conversation_id), now)
        return found

    found = await request.app[STORAGE].write(work)
    news = request.query.get("news")
    told = labels.text(f"calls.news.{news}") if news in NEWS else ""
    if contact:
        told = labels.text("calls.revealed")
    rows = [
        _call(request, one, coach, labels, contact if one.id == revealed else "") for one in found
    ]
    return desk_page(
        request,
        coach,
        labels.text("calls.title"),
        status_line(told) if told else None,
        build("p", labels.text("calls.lead")),
        build("ul", *rows, class_="rows")
        if rows
        else build("p", labels.text("queue.calls_none"), class_="empty"),
        styles=(STYLE,),
    )


def _call(
    request: web.Request, one: CallbackRequest, coach: Coach, labels: Labels, contact: str
) -> Element:
    is_mine = one.taken_by == coach.name
    acts = ("take",) if one.state == OPEN else ("reveal", "done", "put-back") if is_mine else ()
    opened = session_of(request)
    return build(
        "li",
        build(
            "div",
            build("strong", moment(one.requested_at, coach.language)),
            build("span", NAMES.get(one.language, one.language)),
            build("p", one.words, class_="words", lang=one.language) if one.words else None,
            build("p", contact, class_="contact") if contact else None,
            None
            if one.state == OPEN or is_mine
            else build("p", labels.text("calls.taken_by", name=one.taken_by), class_="small"),
        ),
        build(
            "div",
            *(
                post_form(
                    opened,
                    f"{CALLS}/{one.id}/{act}",
                    build("button", labels.text(f"calls.{act}"), class_="main" if not at else ""),
                    class_="act",
                )
                for at, act in enumerate(acts)
                if not (act == "reveal" and contact)
            ),
            class_="acts",
        ),
    )
