"""One conversation at the desk: what is said, what the person has told, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit, queue
from coaching.accounts import may
from coaching.desk_models import Coach, CoachSession
from coaching.handoff import OUTCOMES
from coaching.models import Conversation
from web.desk import lines_part, packet_part, work_part
from web.desk.page import desk_page, post_form, words
from web.desk.parts import NAMES, choice, status_line
from web.desk.queue_page import SCRIPT, STYLE, live_news, mine
from web.desk.session import BACKGROUND, DESK, needs, session_of, subject_of
from web.desk.talk import Talk, read_talk
from web.errors import ApiError
from web.keys import SETTINGS, STORAGE
from web.labels import Labels
from web.markup import Content, build

VIEWED = "view_conversation"
TALK_SCRIPT = "/coach/assets/talk.js"
# What the address may say has happened: a text of the section "talk.news".
NEWS = frozenset(
    {
        "stepped_in",
        "sent",
        "note_kept",
        "note_deleted",
        "label_kept",
        "label_gone",
        "labels_full",
        "options_sent",
        "plan_sent",
    }
)


@dataclass(frozen=True)
class Seen:
    """A conversation, by whom it is seen, and in which words."""

    talk: Talk
    coach: Coach
    opened: CoachSession
    labels: Labels
    now: datetime

    @property
    def address(self) -> str:
        """The page's own address."""
        return f"{DESK}/c/{self.talk.conversation.id}"

    def form(self, act: str, *content: Content, class_: str = "form") -> Element:
        """Return a form that does something in this conversation."""
        return post_form(self.opened, f"{self.address}/{act}", *content, class_=class_)


def routes() -> list[web.RouteDef]:
    """Return the address of a conversation."""
    return [web.get(f"{DESK}/c/{{conversation}}", show)]


@needs()
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show a conversation; the audit tells that it was seen."""
    seen = await see(request, coach, before=_before(request))
    is_part = "before" in request.query
    labels = seen.labels
    news = request.query.get("news", "")
    return desk_page(
        request,
        coach,
        labels.text("talk.title"),
        status_line(labels.text(f"talk.news.{news}")) if news in NEWS else None,
        build(
            "div",
            mine(seen.talk.mine, labels, seen.now, seen.talk.conversation.id),
            build(
                "div",
                _state(seen),
                lines_part.show(seen),
                _composer(seen, request.query.get("canned", "")) if not is_part else None,
                class_="middle",
            ),
            build("div", packet_part.show(seen), *work_part.show(seen), class_="beside"),
            class_="talk",
        ),
        live_news(labels),
        scripts=(SCRIPT, TALK_SCRIPT) if not is_part else (),
        styles=(STYLE,),
    )


async def see(request: web.Request, coach: Coach, *, before: int | None = None) -> Seen:
    """Read a conversation for a coach and keep that it was seen."""
    conversation_id, now = request.match_info["conversation"], request.app[SETTINGS].now()
    is_background, opened = BACKGROUND in request.headers, session_of(request)

    def work(session: Session) -> Talk:
        talk = read_talk(session, coach, conversation_id, before=before, now=now)
        subject, since = subject_of(request, conversation_id), opened.created_at
        # Whoever asks first in a session has seen nothing yet, however the request calls itself.
        if not (
            is_background and audit.is_noted(session, coach.name, VIEWED, subject, since=since)
        ):
            audit.note(session, coach.name, VIEWED, subject, now)
        if talk.is_held_by(coach) and talk.lines:
            queue.set_read(session, talk.conversation, talk.lines[-1].line.id)
        return talk

    talk = await request.app[STORAGE].write(work)
    return Seen(talk, coach, opened, words(coach.language), now)


def _before(request: web.Request) -> int | None:
    given = request.query.get("before")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given)):
        raise ApiError("wrong_value", name="before")
    return int(given)


def _state(seen: Seen) -> Element:
    """Say who has the conversation, and offer what can be done about that."""
    labels, conversation = seen.labels, seen.talk.conversation
    said = labels.text(f"talk.state.{conversation.state}", name=seen.talk.holder or "")
    about = [NAMES.get(conversation.language, conversation.language)]
    if conversation.plain_language:
        about.append(labels.text("talk.plain"))
    about.append(labels.text(f"queue.channels.{conversation.channel}"))
    return build(
        "section",
        build("p", build("strong", said), class_="lead"),
        build("p", ", ".join(about), class_="small"),
        *(_acts(seen, conversation) if may(seen.coach.role, "guide") else ()),
        id="state",
        data_live=True,
        aria_label=labels.text("talk.state.title"),
    )


def _acts(seen: Seen, conversation: Conversation) -> Iterator[Element]:
    labels, talk = seen.labels, seen.talk
    if not talk.is_held_by(seen.coach):
        if conversation.state == "waiting":
            yield seen.form("claim", _button(labels.text("queue.claim"), "main"), class_="act")
        elif conversation.state != "with_coach":
            yield seen.form("step-in", _button(labels.text("talk.step_in")), class_="act")
        return
    yield seen.form("give-back", _button(labels.text("talk.give_back")), class_="act")
    close = [(code, labels.text(f"outcomes.{code}")) for code in OUTCOMES]
    yield _folded(
        labels.text("talk.close"),
        seen.form(
            "close",
            choice(labels.text("talk.outcome"), "outcome", close),
            _button(labels.text("talk.close"), "main"),
        ),
    )
    if talk.others:
        others = [(str(one.id), one.display_name) for one in talk.others]
        yield _folded(
            labels.text("talk.assign"),
            seen.form(
                "assign",
                choice(labels.text("talk.assign_to"), "to", others),
                _button(labels.text("talk.assign"), "main"),
            ),
        )


def _composer(seen: Seen, canned: str) -> Element | None:
    talk, labels = seen.talk, seen.labels
    if not talk.is_held_by(seen.coach):
        return None
    drafted = next((one.text for one in talk.canned if str(one.id) == canned), "")
    language = talk.conversation.language
    return build(
        "section",
        seen.form(
            "say",
            build("label", labels.text("talk.composer"), for_="text"),
            build(
                "textarea",
                drafted,
                id="text",
                name="text",
                rows="3",
                required=True,
                maxlength="2000",
                autocomplete="off",
                lang=language,
                spellcheck="true",
            ),
            _button(labels.text("talk.send"), "main"),
            class_="composer",
        ),
        build(
            "p",
            "",
            id="sent",
            role="status",
            data_failed=labels.text("talk.not_sent"),
            data_personal=labels.text("talk.not_sent_personal"),
        ),
        _folded(
            labels.text("talk.canned"),
            build(
                "ul",
                *(
                    build(
                        "li",
                        build("a", one.title, href=f"{seen.address}?canned={one.id}#text"),
                        build("p", one.text, lang=one.language, class_="small"),
                        class_="canned",
                    )
                    for one in talk.canned
                ),
            )
            if talk.canned
            else build("p", labels.text("talk.canned_none"), class_="empty"),
        ),
        build(
            "p",
            build("a", labels.text("talk.suggest"), href=f"{seen.address}/options"),
            " ",
            build("a", labels.text("talk.edit_plan"), href=f"{seen.address}/plan"),
            " ",
            build("a", labels.text("talk.canned_edit"), href=f"{DESK}/canned"),
            class_="ways",
        ),
        id="say",
        aria_label=labels.text("talk.composer"),
    )


def _button(text: str, class_: str | None = None) -> Element:
    return build("button", text, class_=class_)


def _folded(title: str, *content: Content) -> Element:
    return build("details", build("summary", title), *content)
