"""Replies that coaches send often, in three languages."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from aiohttp import web

from coaching import desk_work
from coaching.accounts import may
from coaching.desk_models import NAME_LENGTH, CannedReply, Coach
from opastin.texts import LANGUAGES
from web.bodies import clean
from web.desk.page import desk_page, go, post_form, words
from web.desk.parts import NAMES, area, choice, field, status_line
from web.desk.session import DESK, needs, session_of
from web.desk.talk_acts import MAX_CHARACTERS
from web.errors import ApiError
from web.keys import STORAGE
from web.labels import Labels
from web.markup import build

CANNED = f"{DESK}/canned"
# What the address may say has happened: a text of the section "canned.news".
NEWS = frozenset({"kept", "deleted"})


def routes() -> list[web.RouteDef]:
    """Return the addresses of the canned replies."""
    return [
        web.get(CANNED, show),
        web.post(CANNED, add),
        web.post(f"{CANNED}/{{reply:[0-9]{{1,9}}}}/delete", delete),
    ]


@needs("guide")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the replies that one may send, and a form for another."""
    labels, opened = words(coach.language), session_of(request)
    replies = await request.app[STORAGE].read(lambda s: desk_work.canned_replies(s, coach))
    news = request.query.get("news", "")
    sharing = build(
        "label",
        build("input", type="checkbox", name="is_shared", value="yes"),
        " ",
        labels.text("canned.is_shared"),
        class_="check",
    )
    return desk_page(
        request,
        coach,
        labels.text("canned.title"),
        status_line(labels.text(f"canned.news.{news}")) if news in NEWS else None,
        build("p", labels.text("canned.lead")),
        build("ul", *(_reply(one, coach, labels, request) for one in replies), class_="rows")
        if replies
        else build("p", labels.text("talk.canned_none"), class_="empty"),
        build(
            "section",
            build("h2", labels.text("canned.add")),
            post_form(
                opened,
                CANNED,
                choice(
                    labels.text("canned.language"),
                    "language",
                    [(code, NAMES[code]) for code in LANGUAGES],
                    chosen=coach.language,
                ),
                field(
                    labels.text("canned.name"), "title", maxlength=str(NAME_LENGTH), required=True
                ),
                area(labels.text("canned.text"), "text", "", hint=labels.text("canned.hint")),
                sharing,
                build("button", labels.text("shell.save"), class_="main"),
            ),
        ),
    )


@needs("guide")
async def add(request: web.Request, coach: Coach) -> web.Response:
    """Keep another reply."""
    sent = {name: str(value) for name, value in (await request.post()).items()}
    title, text = clean(sent.get("title", "")).strip(), clean(sent.get("text", "")).strip()
    language = sent.get("language", "")
    if language not in LANGUAGES:
        raise ApiError("wrong_value", name="language")
    if not (title and text):
        raise ApiError("empty", words="desk_empty")
    if len(text) > MAX_CHARACTERS:
        raise ApiError("too_large")
    await request.app[STORAGE].write(
        lambda session: desk_work.add_canned_reply(
            session,
            coach,
            language=language,
            title=title,
            text=text,
            is_shared="is_shared" in sent,
        )
    )
    return go(f"{CANNED}?news=kept")


@needs("guide")
async def delete(request: web.Request, coach: Coach) -> web.Response:
    """Delete a reply: one's own, and a shared one by whoever sees everything."""
    number, deletes_shared = int(request.match_info["reply"]), may(coach.role, "see_all")
    is_gone = await request.app[STORAGE].write(
        lambda session: desk_work.delete_canned_reply(
            session, coach, number, may_delete_shared=deletes_shared
        )
    )
    return go(f"{CANNED}?news=deleted" if is_gone else CANNED)


def _reply(one: CannedReply, coach: Coach, labels: Labels, request: web.Request) -> Element:
    may_delete = one.coach_id == coach.id or may(coach.role, "see_all")
    return build(
        "li",
        build(
            "div",
            build("strong", one.title),
            build("span", NAMES.get(one.language, one.language)),
            build("span", labels.text("canned.shared"), class_="small")
            if one.coach_id is None
            else None,
            build("p", one.text, lang=one.language),
        ),
        post_form(
            session_of(request),
            f"{CANNED}/{one.id}/delete",
            build(
                "button",
                labels.text("canned.delete"),
                build("span", f": {one.title}", class_="for-readers"),
            ),
            class_="act",
        )
        if may_delete
        else None,
    )
