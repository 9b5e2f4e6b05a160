"""The principles of good guidance: how each is measured here, and how it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from aiohttp import web
from sqlalchemy.orm import Session

from coaching.desk_models import Coach
from coaching.measure_scope import last_weeks
from coaching.quality import Quality, read_quality
from opastin.settings import TIME_ZONE, Settings
from web.desk.measure_names import Names
from web.desk.measure_wishes import DEFAULT_WEEKS
from web.desk.measures import MEASURES, STYLES
from web.desk.page import desk_page, words
from web.desk.session import DESK, needs
from web.keys import KEPT_REPORTS, SETTINGS, STORAGE
from web.labels import Labels
from web.markup import build

QUALITY = f"{DESK}/quality"
# The national guidance forum's, after ELGPN, in its order; those without figures say why.
PRINCIPLES = (
    "neutral",
    "confidential",
    "equal",
    "whole_person",
    "taking_part",
    "transparent",
    "friendly",
    "continuous",
    "available",
    "reachable",
    "responsive",
    "fitting",
    "improving",
    "open_to_complaint",
    "qualified",
)
NOT_MEASURED = frozenset({"neutral", "whole_person", "transparent", "qualified"})


def routes() -> list[web.RouteDef]:
    """Return the address of the page."""
    return [web.get(QUALITY, show)]


@needs("measure")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show the principles with the figures of the last quarter."""
    settings = request.app[SETTINGS]
    scope = last_weeks(DEFAULT_WEEKS, settings.today(), TIME_ZONE)

    def work(session: Session) -> Quality:
        return read_quality(session, scope)

    storage = request.app[STORAGE]
    quality = await request.app[KEPT_REPORTS].get(("quality", scope), lambda: storage.read(work))
    labels = words(coach.language)
    lead = Names(labels, {}).span("quality.lead", scope)
    figures = _figures(labels, quality, settings)
    return desk_page(
        request,
        coach,
        labels.text("quality.title"),
        build("p", lead, class_="lead"),
        build("p", labels.text("quality.note"), class_="small"),
        build("ul", *(_principle(labels, name, figures) for name in PRINCIPLES), class_="cards"),
        build("p", build("a", labels.text("quality.more"), href=MEASURES)),
        current="quality",
        styles=STYLES,
    )


def _principle(labels: Labels, name: str, figures: dict[str, str]) -> Element:
    is_measured = name not in NOT_MEASURED
    now = figures.get(name) or labels.text("quality.too_few" if is_measured else "quality.not")
    return build(
        "li",
        build("h2", labels.text(f"quality.principles.{name}.name")),
        build("p", labels.text(f"quality.principles.{name}.means")),
        build("p", labels.text(f"quality.principles.{name}.how"), class_="small"),
        build(
            "p",
            build("strong", labels.text("quality.now")),
            " ",
            now,
            class_="now" if name in figures else "now unknown",
        ),
    )


def _figures(labels: Labels, quality: Quality, settings: Settings) -> dict[str, str]:
    """Return the sentence that tells each principle's figure; one without any is left out."""
    names = Names(labels, {})
    percent = names.percent
    languages = (
        f"{names.group('languages', code)} {percent(share) or names.text('hidden')}"
        for code, share in quality.success_by_language.items()
    )
    is_known = any(share is not None for share in quality.success_by_language.values())
    retention = labels.text("quality.figures.retention", days=settings.retention_days)
    told: dict[str, list[tuple[str, str | bool | None]]] = {
        "confidential": [(retention, True), ("views", names.number(quality.views))],
        "equal": [(", ".join(languages), is_known)],
        "taking_part": [("plans", percent(quality.plans))],
        "friendly": [("rating", names.number(quality.rating))],
        "continuous": [("calls_done", percent(quality.calls_done))],
        "available": [("got_coach", percent(quality.got_coach))],
        "reachable": [("off_hours", percent(quality.off_hours)), ("kiosk", percent(quality.kiosk))],
        "responsive": [("wait", names.minutes(quality.wait_minutes))],
        "fitting": [("plain", percent(quality.plain))],
        "improving": [("reviews", names.number(quality.reviews))],
        "open_to_complaint": [
            ("complaints", names.number(quality.complaints)),
            ("unhappy", percent(quality.unhappy)),
        ],
    }
    sentences = {name: _sentence(labels, parts) for name, parts in told.items()}
    return {name: sentence for name, sentence in sentences.items() if sentence}


def _sentence(labels: Labels, parts: Iterable[tuple[str, str | bool | None]]) -> str:
    """Join what is known: a figure in its words, or words that hold as they are (True)."""
    return " ".join(
        words if figure is True else labels.text(f"quality.figures.{words}", value=figure)
        for words, figure in parts
        if figure is not None and figure is not False
    )
