"""Transcripts as coaches find them: a search with filters, and the conversations found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit
from coaching.desk_models import Coach
from coaching.transcripts import Filters, Found, Page, Turn, find, labels_in_use
from web.desk import search_form
from web.desk.facts_part import place_and_field
from web.desk.page import desk_page, go, words
from web.desk.parts import NAMES, moment, problem, status_line
from web.desk.search_filters import BadDate, Typed, UnknownPlace
from web.desk.session import DESK, needs, session_of, subject_of
from web.desk.shortcuts_part import SCRIPT, shortcuts
from web.keys import KEPT_WORDS, SETTINGS, STORAGE
from web.labels import Labels
from web.markup import Content, build

TRANSCRIPTS = f"{DESK}/transcripts"
SEARCHED = "search_transcripts"
STYLE = "/coach/assets/desk-transcripts.css"


@dataclass(frozen=True)
class Seen:
    """What was searched for and found."""

    typed: Typed
    typed_words: str
    page: Page
    labels_in_use: list[str]


def routes() -> list[web.RouteDef]:
    """Return the addresses of the search."""
    return [web.get(TRANSCRIPTS, show), web.post(TRANSCRIPTS, search)]


@needs()
async def search(request: web.Request, coach: Coach) -> web.Response:
    """Keep the words that were typed, and lead on to what is found."""
    form = await request.post()
    sought = str(form.get("words", "")).strip()[: search_form.LONGEST_WORDS]
    key = request.app[KEPT_WORDS].keep(coach, sought) if sought else ""
    return go(TRANSCRIPTS + Typed.of(form).query(search=key, older="", newer=""))


@needs()
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show what is found; where words are shown the audit tells whose."""
    labels, typed = words(coach.language), Typed.of(request.query)
    sought = request.app[KEPT_WORDS].find(coach, typed.search) if typed.search else ""
    if sought is None:
        seen = await _find(request, coach, Typed(), Filters(), "")
        news = status_line(labels.text("transcripts.forgotten"))
        return _page(request, coach, seen, news)
    try:
        filters = typed.filters(sought)
    except (BadDate, UnknownPlace) as error:
        name = "bad_date" if isinstance(error, BadDate) else "unknown_place"
        nothing = Seen(typed, sought, Page((), 0, True), [])
        wrong = problem(labels, labels.text(f"transcripts.{name}"))
        return _page(request, coach, nothing, wrong, status=400, is_searched=False)
    return _page(request, coach, await _find(request, coach, typed, filters, sought))


async def _find(
    request: web.Request, coach: Coach, typed: Typed, filters: Filters, sought: str
) -> Seen:
    now = request.app[SETTINGS].now()

    def read(session: Session) -> tuple[Page, list[str]]:
        return find(session, filters, typed.turn(), coach=coach), labels_in_use(session)

    page, known = await request.app[STORAGE].read(read)
    shown = [
        subject_of(request, found.figures.conversation_id)
        for found in page.found
        if found.excerpt is not None
    ]
    # A search that finds nothing tells something, too: that nobody said it.
    subjects: list[str | None] = [*shown] if shown or not sought else [None]

    def note(session: Session) -> None:
        for subject in subjects:
            audit.note(session, coach.name, SEARCHED, subject, now)

    if subjects:
        await request.app[STORAGE].write(note)
    return Seen(typed, sought, page, known)


def _page(
    request: web.Request,
    coach: Coach,
    seen: Seen,
    news: Element | None = None,
    *,
    status: int = 200,
    is_searched: bool = True,
) -> web.Response:
    labels = words(coach.language)
    form = search_form.show(
        labels, session_of(request), TRANSCRIPTS, seen.typed, seen.typed_words, seen.labels_in_use
    )
    return desk_page(
        request,
        coach,
        labels.text("transcripts.title"),
        news,
        form,
        *(_results(seen, labels) if is_searched else ()),
        current="transcripts",
        scripts=(SCRIPT,),
        styles=(STYLE,),
        status=status,
    )


def _results(seen: Seen, labels: Labels) -> Iterator[Content]:
    page = seen.page
    yield build("h2", _count(page, labels), id="results")
    if not page.found:
        yield build("p", labels.text("transcripts.none"), class_="empty")
        return
    items = (_item(found, labels) for found in page.found)
    yield build("ol", *items, class_="found", aria_labelledby="results")
    yield _turns(seen, labels)
    yield shortcuts(labels, "list")


def _count(page: Page, labels: Labels) -> str:
    if page.is_count_whole:
        return labels.count("transcripts.count", page.count)
    return labels.count("transcripts.count_more", page.count)


def _item(found: Found, labels: Labels) -> Element:
    figures = found.figures
    address = f"{TRANSCRIPTS}/{figures.conversation_id}"
    excerpt = found.excerpt
    if excerpt is not None:
        address += f"?line={excerpt.number}#line-{excerpt.number}"
    return build(
        "li",
        build(
            "h3",
            build(
                "a",
                moment(figures.started_at, labels.language),
                href=address,
                data_first=True,
                data_key="o",
            ),
        ),
        build("p", ", ".join(_facts(found, labels)), class_="small"),
        build("p", *(build("span", label, class_="tag") for label in found.labels), class_="tags")
        if found.labels
        else None,
        build(
            "p",
            build("strong", labels.text(f"talk.speakers.{excerpt.speaker}")),
            ": ",
            build("q", excerpt.text, lang=excerpt.language),
        )
        if excerpt is not None
        else None,
        data_item=True,
    )


def _facts(found: Found, labels: Labels) -> Iterator[str]:
    """Yield what is known of a conversation, in words and without any of the person's."""
    figures = found.figures
    if figures.channel is not None:
        yield labels.text(f"queue.channels.{figures.channel}")
    language = str(figures.language)
    yield NAMES.get(language, language)
    yield from place_and_field(figures.place, figures.field, labels)
    yield labels.count("transcripts.messages", figures.messages)
    if figures.failed:
        yield labels.count("transcripts.failed", figures.failed)
    if figures.least_confidence is not None:
        yield labels.text("transcripts.least_confidence", percent=figures.least_confidence)
    if figures.rating is not None:
        yield labels.text("transcripts.rating_given", rating=figures.rating)
    if figures.was_handed_over:
        yield labels.text("transcripts.handed_over")
    if found.outcome is not None:
        yield labels.find(f"outcomes.{found.outcome}") or found.outcome


def _turns(seen: Seen, labels: Labels) -> Element | None:
    links = [
        build("a", labels.text(f"transcripts.{name}"), href=_to(seen.typed, turn), class_="button")
        for name, turn in (("newer", seen.page.newer), ("older", seen.page.older))
        if turn is not None
    ]
    if not links:
        return None
    return build("nav", *links, class_="actions", aria_label=labels.text("transcripts.pages"))


def _to(typed: Typed, turn: Turn) -> str:
    older, newer = turn.older_than, turn.newer_than
    return TRANSCRIPTS + typed.query(
        older="" if older is None else str(older), newer="" if newer is None else str(newer)
    )
