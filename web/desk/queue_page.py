"""The queue: who waits, whom one has, and who is to be called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import queue
from coaching.accounts import may
from coaching.desk_models import Coach, CoachSession
from coaching.handoff import open_requests
from coaching.queue import Held, Waiting
from web.desk.page import desk_page, go, post_form, words
from web.desk.parts import NAMES, status_line
from web.desk.session import DESK, needs, session_of
from web.errors import ApiError
from web.keys import HANDOFFS, SETTINGS, STORAGE
from web.labels import Labels
from web.markup import build

SCRIPT, STYLE = "/coach/assets/live.js", "/coach/assets/desk-talk.css"
# What the address may say has happened: a text of the section "queue".
NEWS = frozenset({"assigned", "closed", "given_back", "gone"})


@dataclass(frozen=True)
class Work:
    """What there is to do for a coach."""

    waiting: Sequence[Waiting]
    mine: Sequence[Held]
    calls: int


def routes() -> list[web.RouteDef]:
    """Return the addresses of the queue."""
    return [
        web.get(DESK, show),
        web.post(f"{DESK}/c/{{conversation}}/claim", claim),
    ]


@needs()
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the queue, or to an account without one where its own work is."""
    if not may(coach.role, "guide"):
        return go(f"{DESK}/transcripts")
    labels = words(coach.language)
    now = request.app[SETTINGS].now()
    work = await request.app[STORAGE].read(lambda session: read_work(session, coach, now))
    news = request.query.get("news", "")
    return desk_page(
        request,
        coach,
        labels.text("queue.title"),
        status_line(labels.text(f"queue.{news}")) if news in NEWS else None,
        build(
            "div",
            _waiting(work.waiting, labels, session_of(request), now),
            mine(work.mine, labels, now),
            _calls(work.calls, labels),
            class_="queue",
        ),
        _sound(labels),
        live_news(labels),
        scripts=(SCRIPT,),
        styles=(STYLE,),
    )


@needs("guide")
async def claim(request: web.Request, coach: Coach) -> web.Response:
    """Take a conversation; who comes too late is told so."""
    conversation_id = request.match_info["conversation"]
    if await request.app[HANDOFFS].claim(conversation_id, coach):
        return go(f"{DESK}/c/{conversation_id}")
    return go(f"{DESK}?news=gone")


def read_work(session: Session, coach: Coach, now: datetime) -> Work:
    """Return what there is to do for a coach."""
    return Work(
        waiting=queue.waiting(session, coach, now),
        mine=queue.mine(session, coach),
        calls=len(open_requests(session, coach)),
    )


def mine(held: Sequence[Held], labels: Labels, now: datetime, current: str = "") -> Element:
    """Return the list of the conversations that a coach has; `current` is the one on the page."""
    rows = [
        build(
            "li",
            build(
                "a",
                *_about(one.language, one.channel, labels),
                build("strong", labels.count("queue.unread", one.unread), class_="unread")
                # Whoever has it on the page is reading it now.
                if one.unread and one.conversation_id != current
                else None,
                build("span", _ago(now - one.last_at, labels), class_="small"),
                href=f"{DESK}/c/{one.conversation_id}",
                aria_current="page" if one.conversation_id == current else None,
            ),
        )
        for one in held
    ]
    return _list("mine", rows, labels)


def _waiting(
    waiting: Sequence[Waiting], labels: Labels, opened: CoachSession, now: datetime
) -> Element:
    rows = [
        build(
            "li",
            build(
                "div",
                build("strong", labels.text(f"queue.urgency.{one.urgency}"), class_="urgent")
                if one.urgency
                else None,
                *_about(one.language, one.channel, labels),
                build("span", _since(now - one.waiting_since, labels), class_="small"),
            ),
            post_form(
                opened,
                f"{DESK}/c/{one.conversation_id}/claim",
                build("button", labels.text("queue.claim"), class_="main"),
                class_="act",
            ),
        )
        for one in waiting
    ]
    return _list("waiting", rows, labels)


def _calls(count: int, labels: Labels) -> Element:
    content = (
        build("p", build("a", labels.count("queue.calls_open", count), href=f"{DESK}/calls"))
        if count
        else build("p", labels.text("queue.calls_none"), class_="empty")
    )
    return _part("calls", labels, content)


def _list(name: str, rows: Sequence[Element], labels: Labels) -> Element:
    content = (
        build("ul", *rows, class_="rows")
        if rows
        else build("p", labels.text(f"queue.{name}_none"), class_="empty")
    )
    return _part(name, labels, content)


def _part(name: str, labels: Labels, content: Element) -> Element:
    """Return a section that live.js keeps up to date, by its id."""
    return build(
        "section",
        build("h2", labels.text(f"queue.{name}"), id=f"{name}-title"),
        content,
        id=name,
        data_live=True,
        aria_labelledby=f"{name}-title",
    )


def _about(language: str, channel: str, labels: Labels) -> Iterator[Element]:
    yield build("span", NAMES.get(language, language))
    yield build("span", labels.text(f"queue.channels.{channel}"))


def _since(waited: timedelta, labels: Labels) -> str:
    minutes = int(waited.total_seconds() // 60)
    return labels.count("queue.waited", minutes) if minutes > 0 else labels.text("queue.waited_now")


def _ago(past: timedelta, labels: Labels) -> str:
    minutes = int(past.total_seconds() // 60)
    return labels.count("queue.ago", minutes) if minutes > 0 else labels.text("queue.just_now")


def _sound(labels: Labels) -> Element:
    """Return the switch of the sound, shown by the script that plays it."""
    box = build("input", type="checkbox", id="sound")
    return build(
        "p",
        build("label", box, " ", labels.text("queue.sound"), class_="check"),
        id="sound-switch",
        hidden=True,
    )


def live_news(labels: Labels) -> Element:
    """Return the line in which live.js says what has changed."""
    said = {
        "data_waiting": labels.text("queue.news.waiting"),
        "data_message": labels.text("queue.news.message"),
        "data_offline": labels.text("queue.offline"),
        "data_ended": labels.text("queue.ended"),
    }
    return build("p", "", id="news", role="status", **said)


def refuse_late(is_done: bool) -> None:
    """Raise the refusal of an act on a conversation that is somebody else's by now."""
    if not is_done:
        raise ApiError("forbidden", words="desk_late")
