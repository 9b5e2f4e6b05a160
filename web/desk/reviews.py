"""The inbox of reviews: what the bot was least sure of, alike together, decided in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import audit, likeness, reviews
from coaching.desk_models import Coach, CoachSession
from coaching.reviews import CONFIRMED, OUT_OF_SCOPE, PASSED, Candidate, Decision, NothingToConfirm
from opastin.texts import LANGUAGES
from web.desk.group_part import CORRECT, group_part
from web.desk.page import desk_page, go, words
from web.desk.parts import NAMES, choice, status_line
from web.desk.review_keys import keys_in, named
from web.desk.session import DESK, needs, session_of, subject_of
from web.desk.shortcuts_part import SCRIPT, shortcuts
from web.desk.transcripts import STYLE
from web.keys import LIKENESS, SETTINGS, STORAGE
from web.labels import Labels
from web.markup import Content, build

REVIEWS = f"{DESK}/reviews"
VIEWED, DECIDED = "view_reviews", "review_decided"
# More words at once nobody reads with care.
MOST_GROUPS = 12


@dataclass(frozen=True)
class Seen:
    """Groups of messages that are alike, and how many messages there are beyond them."""

    groups: Sequence[Sequence[Candidate]]
    others: int
    language: str


def routes() -> list[web.RouteDef]:
    """Return the addresses of the inbox."""
    return [web.get(REVIEWS, show), web.post(REVIEWS, act)]


@needs("review")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show what nobody has reviewed; the audit tells whose words were seen."""
    language = request.query.get("language", "")
    language = language if language in LANGUAGES else ""
    now = request.app[SETTINGS].now()
    found = await request.app[STORAGE].read(
        lambda session: reviews.inbox(session, coach, now=now, language=language)
    )
    texts = [candidate.text for candidate in found]
    vectors = await request.app[LIKENESS].vectors(texts)
    grouped = likeness.group(texts, [candidate.language for candidate in found], vectors)
    groups = [[found[place] for place in places] for places in grouped[:MOST_GROUPS]]
    shown = [candidate for group in groups for candidate in group]
    await note_seen(request, coach, shown)
    seen = Seen(groups, len(found) - len(shown), language)
    return _page(request, coach, seen, _news(request, words(coach.language)))


@needs("review")
async def act(request: web.Request, coach: Coach) -> web.Response:
    """Decide on the ticked messages, or lead on to where they are corrected."""
    form = await request.post()
    sent, deed = keys_in(form.getall("message", [])), str(form.get("act", ""))
    if not sent:
        return go(f"{REVIEWS}?none=1")
    if deed == CORRECT:
        question = urlencode([("message", named(key)) for key in sent])
        return go(f"{REVIEWS}/one?{question}")
    if deed not in (CONFIRMED, OUT_OF_SCOPE, PASSED):
        return go(REVIEWS)
    now = request.app[SETTINGS].now()

    def work(session: Session) -> int:
        found = reviews.candidates(session, coach, sent)
        try:
            number = reviews.decide(session, found, Decision(deed), who=coach.name, now=now)
        except NothingToConfirm:
            return 0
        note_decided(session, request, coach, found)
        return number

    number = await request.app[STORAGE].write(work)
    return go(f"{REVIEWS}?done={number}")


async def note_seen(request: web.Request, coach: Coach, shown: Sequence[Candidate]) -> None:
    """Have the audit tell whose words a coach has seen."""
    now = request.app[SETTINGS].now()

    def work(session: Session) -> None:
        for conversation_id in dict.fromkeys(candidate.conversation_id for candidate in shown):
            audit.note(session, coach.name, VIEWED, subject_of(request, conversation_id), now)

    if shown:
        await request.app[STORAGE].write(work)


def note_decided(
    session: Session, request: web.Request, coach: Coach, found: Sequence[Candidate]
) -> None:
    """Have the audit tell in which conversations a coach has decided what was meant."""
    now = request.app[SETTINGS].now()
    for conversation_id in dict.fromkeys(candidate.conversation_id for candidate in found):
        audit.note(session, coach.name, DECIDED, subject_of(request, conversation_id), now)


def _page(request: web.Request, coach: Coach, seen: Seen, news: Element | None) -> web.Response:
    labels, opened = words(coach.language), session_of(request)
    return desk_page(
        request,
        coach,
        labels.text("reviews.title"),
        news,
        build("p", labels.text("reviews.lead")),
        _languages(labels, seen.language),
        *(_groups(labels, opened, seen)),
        current="reviews",
        scripts=(SCRIPT,),
        styles=(STYLE,),
    )


def _news(request: web.Request, labels: Labels) -> Element | None:
    done = request.query.get("done", "")
    if "none" in request.query:
        return status_line(labels.text("reviews.none_ticked"))
    if not (done.isascii() and done.isdigit()):
        return None
    return status_line(labels.count("reviews.done", int(done[:6])))


def _languages(labels: Labels, chosen: str) -> Element:
    listed = [("", labels.text("transcripts.any")), *NAMES.items()]
    return build(
        "form",
        choice(labels.text("transcripts.language"), "language", listed, chosen=chosen),
        build("button", labels.text("reviews.show")),
        method="get",
        action=REVIEWS,
        class_="filters",
        aria_label=labels.text("transcripts.language"),
    )


def _groups(labels: Labels, opened: CoachSession, seen: Seen) -> Iterator[Content]:
    if not seen.groups:
        yield build("p", labels.text("reviews.empty"), class_="empty")
        return
    for number, group in enumerate(seen.groups, start=1):
        yield group_part(labels, opened, REVIEWS, group, number)
    if seen.others:
        yield build("p", labels.count("reviews.others", seen.others), class_="small")
    yield shortcuts(labels, "reviews")
