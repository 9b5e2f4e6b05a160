"""Look for study options in the catalogue, and suggest them to the person as the bot would."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from catalog.index.filters import Filters
from catalog.index.search import Query, search
from coaching.desk_models import Coach
from coaching.packet import read_slots
from guidance.presentation import option_as_json
from guidance.profile import Profile, ProfileError
from guidance.suggestions import describe
from opastin.terminal import load_card
from web.bodies import clean
from web.desk.page import desk_page, go
from web.desk.parts import area, field
from web.desk.queue_page import STYLE, refuse_late
from web.desk.session import DESK, needs
from web.desk.talk_acts import MAX_CHARACTERS
from web.desk.talk_page import Seen, see
from web.errors import ApiError
from web.keys import CATALOG, HANDOFFS, SETTINGS, STORAGE, TEXTS
from web.markup import build

OPTIONS = f"{DESK}/c/{{conversation}}/options"
FOUND, MOST = 10, 3
MAX_QUERY = 200
# Buttons would go to the bot, which is silent.
_WITHOUT = ("actions",)

Option = dict[str, Any]


def routes() -> list[web.RouteDef]:
    """Return the addresses of suggesting options."""
    return [web.get(OPTIONS, show), web.post(OPTIONS, suggest)]


@needs("guide")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show a form to search with, and what it finds for this person."""
    seen = await see(request, coach)
    words = clean(request.query.get("q", ""))[:MAX_QUERY].strip()
    found = await _find(request, seen, words) if words else []
    labels = seen.labels
    query = build(
        "form",
        field(labels.text("suggest.query"), "q", value=words, required=True, type="search"),
        build("button", labels.text("suggest.search"), class_="main"),
        method="get",
        action=f"{seen.address}/options",
        class_="form row",
        role="search",
    )
    return desk_page(
        request,
        coach,
        labels.text("suggest.title"),
        build("p", build("a", labels.text("suggest.back"), href=seen.address)),
        build("p", labels.text("suggest.lead")),
        query,
        _results(seen, found) if words else None,
        styles=(STYLE,),
    )


@needs("guide")
async def suggest(request: web.Request, coach: Coach) -> web.Response:
    """Say something with the chosen options as cards."""
    seen = await see(request, coach)
    sent = await request.post()
    chosen = [str(value) for value in sent.getall("option", [])][:MOST]
    text = clean(str(sent.get("text", ""))).strip()[:MAX_CHARACTERS]
    options = await _describe(request, seen, chosen)
    if not options:
        raise ApiError("empty", words="desk_no_option")
    custom = {"kind": "options", "options": options, "total": len(options), "fallback": None}
    spoken = await request.app[HANDOFFS].say(seen.talk.conversation.id, coach, text, custom)
    refuse_late(spoken is not None)
    return go(f"{seen.address}?news=options_sent")


def _results(seen: Seen, found: Sequence[Option]) -> Element:
    labels = seen.labels
    if not found:
        return build("p", labels.text("suggest.none"), class_="empty", role="status")
    language = seen.talk.conversation.language
    card = load_card(language)
    return seen.form(
        "options",
        build("p", labels.text("suggest.choose", most=MOST), class_="hint"),
        build(
            "ul",
            *(
                build(
                    "li",
                    build(
                        "label",
                        build("input", type="checkbox", name="option", value=option["id"]),
                        " ",
                        build("strong", option["title"], lang=language),
                        class_="check",
                    ),
                    build("ul", *(build("li", fact) for fact in card.facts(option)), lang=language),
                    *(
                        build("p", warning["text"], class_="warning", lang=language)
                        for warning in option["warnings"]
                    ),
                )
                for option in found
            ),
            class_="rows options",
        ),
        area(labels.text("suggest.text"), "text", ""),
        build("button", labels.text("suggest.send"), class_="main"),
    )


async def _find(request: web.Request, seen: Seen, words: str) -> list[Option]:
    language = seen.talk.conversation.language

    def work() -> list[str]:
        with request.app[CATALOG]() as session:
            query = Query(text=words, language=language, filters=Filters())
            return [hit.option for hit in search(session, query, limit=FOUND).hits]

    return await _describe(request, seen, await asyncio.to_thread(work))


async def _describe(request: web.Request, seen: Seen, ids: Sequence[str]) -> list[Option]:
    """Return options as cards, with what speaks for and against each for this person."""
    app, conversation = request.app, seen.talk.conversation
    slots: Mapping[str, Any] = {}
    if conversation.consented_at is not None:
        slots = await app[STORAGE].read(lambda session: read_slots(session, conversation.id))
    profile = _profile(slots, conversation.language, conversation.plain_language)

    def card(session: Session, option_id: str) -> Option | None:
        found = describe(session, profile, option_id, today=app[SETTINGS].today())
        if found is None:
            return None
        whole = option_as_json(
            found, conversation.language, app[TEXTS], plain=conversation.plain_language
        )
        return {name: value for name, value in whole.items() if name not in _WITHOUT}

    def work() -> list[Option]:
        with app[CATALOG]() as session:
            cards = [card(session, option_id) for option_id in ids if option_id.isprintable()]
            return [one for one in cards if one is not None]

    return await asyncio.to_thread(work)


def _profile(slots: Mapping[str, Any], language: str, plain: bool) -> Profile:
    names = {item.name for item in fields(Profile)}
    known = {name: slots[name] for name in slots if name in names and slots[name] is not None}
    try:
        return Profile.from_dict({**known, "language": language, "plain_language": plain})
    except ProfileError:
        # A slot of an older version; the options are the same without it.
        return Profile.from_dict({"language": language, "plain_language": plain})
