"""One message, or several that are alike, put right: what they meant, in the coach's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching import reviews
from coaching.desk_models import Coach
from coaching.errors import UnknownConversation
from coaching.reviews import CONFIRMED, CORRECTED, Candidate, Decision, Key, NothingToConfirm
from coaching.rewording import NotReworded, UnfitWording
from web.desk import review_form
from web.desk.group_part import message
from web.desk.page import desk_page, go, post_form, words
from web.desk.parts import problem
from web.desk.review_form import BadFact, Typed
from web.desk.review_keys import keys_in
from web.desk.reviews import REVIEWS, note_decided, note_seen
from web.desk.search_form import intents
from web.desk.session import needs, session_of
from web.desk.transcripts import STYLE
from web.keys import SETTINGS, STORAGE
from web.labels import Labels
from web.markup import Content, build

ONE = f"{REVIEWS}/one"


def routes() -> list[web.RouteDef]:
    """Return the address of the form."""
    return [web.get(ONE, show), web.post(ONE, decide)]


@needs("review")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the messages and the form, filled in with what was understood."""
    found = await _read(request, coach, keys_in(request.query.getall("message", [])))
    await note_seen(request, coach, found)
    labels = words(coach.language)
    return _page(request, coach, found, Typed.of(found[0], labels))


@needs("review")
async def decide(request: web.Request, coach: Coach) -> web.Response:
    """Store the decision; what is wrong in the form is told beside it."""
    form = await request.post()
    keys, typed = keys_in(form.getall("message", [])), Typed.read(form)
    found = await _read(request, coach, keys)
    labels = words(coach.language)
    try:
        decision = _decision(str(form.get("act", "")), typed, found, labels)
        number = await _store(request, coach, keys, decision)
    except (BadFact, NotReworded, NothingToConfirm, UnfitWording) as error:
        wrong = problem(labels, _told(error, labels))
        return _page(request, coach, found, typed, wrong, status=400)
    return go(f"{REVIEWS}?done={number}")


async def _read(request: web.Request, coach: Coach, keys: Sequence[Key]) -> list[Candidate]:
    found = await request.app[STORAGE].read(
        lambda session: reviews.candidates(session, coach, keys)
    )
    if not found:
        raise UnknownConversation
    return found


async def _store(
    request: web.Request, coach: Coach, keys: Sequence[Key], decision: Decision
) -> int:
    now = request.app[SETTINGS].now()

    def work(session: Session) -> int:
        found = reviews.candidates(session, coach, keys)
        number = reviews.decide(session, found, decision, who=coach.name, now=now)
        note_decided(session, request, coach, found)
        return number

    return await request.app[STORAGE].write(work)


def _decision(verdict: str, typed: Typed, found: Sequence[Candidate], labels: Labels) -> Decision:
    # Left as it was offered, the wording is the person's: no wording then.
    wording = "" if typed.wording == found[0].text.strip() else typed.wording
    if verdict != CORRECTED:
        known = verdict if verdict in reviews.VERDICTS else reviews.PASSED
        return Decision(known, paraphrase="" if known == reviews.PASSED else wording)
    if typed.intent not in dict(intents(labels)) or typed.intent == "nlu_fallback":
        raise BadFact("intent")
    return Decision(CORRECTED, typed.intent, typed.slots(found[0].slots), wording)


def _told(error: Exception, labels: Labels) -> str:
    if isinstance(error, BadFact):
        if error.name == "intent":
            return labels.text("reviews.choose_intent")
        return labels.text("reviews.bad_fact", name=labels.text(f"slots.{error.name}"))
    names = {NotReworded: "too_near", UnfitWording: "unfit", NothingToConfirm: "not_understood"}
    return labels.text(f"reviews.{names[type(error)]}")


def _page(
    request: web.Request,
    coach: Coach,
    found: Sequence[Candidate],
    typed: Typed,
    news: Element | None = None,
    *,
    status: int = 200,
) -> web.Response:
    labels = words(coach.language)
    return desk_page(
        request,
        coach,
        labels.text("reviews.one"),
        news,
        post_form(
            session_of(request),
            ONE,
            build("ul", *(message(labels, one) for one in found), class_="said"),
            build("p", labels.count("reviews.several", len(found)), class_="small")
            if len(found) > 1
            else None,
            *review_form.show(typed, labels),
            *_acts(found, labels),
        ),
        current="reviews",
        styles=(STYLE,),
        status=status,
    )


def _acts(found: Sequence[Candidate], labels: Labels) -> Iterator[Content]:
    listed: list[tuple[str, str, str | None]] = [(CORRECTED, "save", "main")]
    if not all(candidate.is_failed for candidate in found):
        listed.append((CONFIRMED, "confirm", None))
    listed += [(reviews.OUT_OF_SCOPE, "out_of_scope", None), (reviews.PASSED, "pass", None)]
    yield build(
        "p",
        *(
            build("button", labels.text(f"reviews.{name}"), name="act", value=verdict, class_=kind)
            for verdict, name, kind in listed
        ),
        build("a", labels.text("reviews.back"), href=REVIEWS, class_="button"),
        class_="actions",
    )
