"""One conversation as a transcript: read in parts, with what was understood of each turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit
from coaching.accounts import may
from coaching.desk_models import Coach
from coaching.errors import UnknownConversation
from coaching.models import Conversation
from coaching.sight import may_read
from coaching.transcript_parts import Part, Told, read_part
from web.desk import turn_part
from web.desk.page import desk_page, words
from web.desk.parts import NAMES, moment
from web.desk.session import DESK, needs, subject_of
from web.desk.shortcuts_part import SCRIPT, shortcuts
from web.desk.transcripts import STYLE, TRANSCRIPTS
from web.keys import SETTINGS, STORAGE
from web.labels import Labels
from web.markup import Content, build

VIEWED = "view_transcript"
# Some lines before the one that a search has found.
_BEFORE_FOUND = 6
_MAX_NUMBER = 10**9


@dataclass(frozen=True)
class Seen:
    """A part of a conversation and whose page it is."""

    conversation: Conversation
    part: Part
    address: str
    may_review: bool


def routes() -> list[web.RouteDef]:
    """Return the address of a transcript."""
    return [web.get(f"{TRANSCRIPTS}/{{conversation}}", show)]


@needs()
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show a part of a conversation; the audit tells that it was seen."""
    conversation_id = request.match_info["conversation"]
    now = request.app[SETTINGS].now()
    subject = subject_of(request, conversation_id)
    before, after = _number(request, "before"), _number(request, "after")
    line = _number(request, "line")
    if line is not None:
        before, after = None, max(0, line - _BEFORE_FOUND)

    def work(session: Session) -> Seen:
        conversation = session.get(Conversation, conversation_id)
        if conversation is None or not may_read(session, coach, conversation_id):
            raise UnknownConversation
        audit.note(session, coach.name, VIEWED, subject, now)
        part = read_part(session, conversation_id, before=before, after=after)
        address = f"{TRANSCRIPTS}/{conversation_id}"
        return Seen(conversation, part, address, may(coach.role, "review"))

    seen = await request.app[STORAGE].write(work)
    labels = words(coach.language)
    return desk_page(
        request,
        coach,
        labels.text("transcripts.one"),
        *_head(seen, labels),
        *_lines(seen, labels),
        shortcuts(labels, "one"),
        current="transcripts",
        scripts=(SCRIPT,),
        styles=(STYLE,),
    )


def review_address(conversation_id: str, number: int) -> str:
    """Return where what was understood of a message is put right."""
    return f"{DESK}/reviews/one?{urlencode({'message': f'{conversation_id}.{number}'})}"


def _head(seen: Seen, labels: Labels) -> Iterator[Content]:
    conversation = seen.conversation
    state = labels.text(f"talk.state.{conversation.state}", name=labels.text("talk.speakers.coach"))
    about = [
        labels.text(f"queue.channels.{conversation.channel}"),
        NAMES.get(conversation.language, conversation.language),
        state,
    ]
    began = moment(conversation.created_at, labels.language)
    yield build("p", began, ", ", ", ".join(about), class_="small")
    yield build(
        "p",
        build("a", labels.text("transcripts.back"), href=TRANSCRIPTS, class_="button"),
        build("a", labels.text("transcripts.talk"), href=f"{DESK}/c/{conversation.id}"),
        class_="actions",
    )


def _lines(seen: Seen, labels: Labels) -> Iterator[Content]:
    part = seen.part
    if not part.lines:
        yield build("p", labels.text("transcripts.empty"), class_="empty")
        return
    if part.has_earlier:
        yield _more(labels, "earlier", f"{seen.address}?before={part.lines[0].line.id}")
    lines = (turn_part.show(told, labels, _review(told, seen)) for told in part.lines)
    yield build("ol", *lines, class_="lines", aria_label=labels.text("transcripts.lines"))
    if part.has_later:
        yield _more(labels, "later", f"{seen.address}?after={part.lines[-1].line.id}")


def _more(labels: Labels, name: str, address: str) -> Element:
    link = build("a", labels.text(f"transcripts.{name}"), href=address, class_="button", id=name)
    return build("p", link)


def _review(told: Told, seen: Seen) -> str | None:
    about = told.understanding
    if about is None or about.is_button or about.intent is None or not seen.may_review:
        return None
    return review_address(seen.conversation.id, told.line.id)


def _number(request: web.Request, name: str) -> int | None:
    given = request.query.get(name, "")
    if not (given.isascii() and given.isdigit()):
        return None
    return min(int(given[:12]), _MAX_NUMBER)
