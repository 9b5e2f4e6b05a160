"""The audit as a page: who saw or did what and when, filtered, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from aiohttp import web

from coaching import audit
from coaching.accounts import fold_name
from coaching.audit import PAGE, Wanted
from coaching.desk_models import AuditEntry, Coach
from opastin.settings import TIME_ZONE
from web.desk.page import desk_page, words
from web.desk.parts import field, moment, problem, table
from web.desk.session import DESK, needs, subject_of
from web.keys import STORAGE
from web.labels import Labels
from web.markup import Content, build

AUDIT = f"{DESK}/audit"
_CONVERSATION = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_SHOWN_OF_HASH = 12


@dataclass(frozen=True)
class Filters:
    """What the form was sent with, as it was typed."""

    who: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""
    before: str = ""

    def address(self, **changes: str) -> str:
        """Return the address of the page with these filters, some of them changed."""
        values = {**vars(self), **changes}
        return f"{AUDIT}?{urlencode({name: value for name, value in values.items() if value})}"


def routes() -> list[web.RouteDef]:
    """Return the address of the audit."""
    return [web.get(AUDIT, show)]


@needs("audit")
async def show(request: web.Request, coach: Coach) -> web.Response:
    """Show a page of entries."""
    labels = words(coach.language)
    filters = _read(request.query)
    try:
        wanted = _wanted(request, filters)
    except ValueError:
        wrong = problem(labels, labels.text("audit.bad_date"))
        return _page(request, coach, wrong, _form(labels, filters), status=400)
    # One more than is shown tells whether there is another page.
    found = await request.app[STORAGE].read(lambda s: audit.read(s, wanted, limit=PAGE + 1))
    return _page(request, coach, _form(labels, filters), *_entries(labels, filters, found))


def _read(query: Mapping[str, str]) -> Filters:
    return Filters(**{name: query.get(name, "").strip()[:100] for name in vars(Filters())})


def _wanted(request: web.Request, filters: Filters) -> Wanted:
    subject = filters.subject.casefold()
    if _CONVERSATION.fullmatch(subject):
        subject = subject_of(request, subject)
    until = _day(filters.until)
    return Wanted(
        who=fold_name(filters.who) or None,
        subject=subject or None,
        since=_begin(_day(filters.since)),
        # The last day is meant whole.
        until=_begin(until + timedelta(days=1) if until else None),
        before=int(filters.before) if _NUMBER.fullmatch(filters.before) else None,
    )


def _day(written: str) -> date | None:
    if not written:
        return None
    day = date.fromisoformat(written)
    # Nothing else is a day that every time zone has.
    if not 2000 <= day.year < 3000:
        raise ValueError
    return day


def _begin(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), TIME_ZONE)


def _form(labels: Labels, filters: Filters) -> Element:
    return build(
        "form",
        field(labels.text("audit.who"), "who", value=filters.who, autocomplete="off"),
        field(labels.text("audit.subject"), "subject", value=filters.subject, autocomplete="off"),
        field(labels.text("audit.since"), "since", type="date", value=filters.since),
        field(labels.text("audit.until"), "until", type="date", value=filters.until),
        build("button", labels.text("audit.filter"), class_="main"),
        build("a", labels.text("audit.all"), href=AUDIT, class_="button"),
        method="get",
        action=AUDIT,
        class_="filters",
        aria_label=labels.text("audit.filters"),
    )


def _entries(labels: Labels, filters: Filters, found: Sequence[AuditEntry]) -> Iterator[Content]:
    if not found:
        yield build("p", labels.text("audit.none"))
        return
    shown = found[:PAGE]
    yield table(
        labels.text("audit.caption"),
        [labels.text(f"audit.heads.{head}") for head in ("at", "who", "action", "subject")],
        [_row(labels, filters, entry) for entry in shown],
    )
    if len(found) > PAGE:
        older = filters.address(before=str(shown[-1].id))
        link = build("a", labels.text("audit.older"), href=older, class_="button", rel="next")
        yield build("p", link)


def _row(labels: Labels, filters: Filters, entry: AuditEntry) -> Sequence[Content]:
    who = build("a", entry.who, href=filters.address(who=entry.who, before=""))
    return (
        moment(entry.at, labels.language),
        who,
        labels.find(f"audit.actions.{entry.action}") or entry.action,
        _subject(labels, filters, entry.subject),
    )


def _subject(labels: Labels, filters: Filters, subject: str | None) -> Content:
    if subject is None:
        return "–"
    shown = subject
    if _HASH.fullmatch(subject):
        shown = labels.text("audit.conversation", name=subject[:_SHOWN_OF_HASH])
    return build("a", shown, href=filters.address(subject=subject, before=""))


def _page(request: web.Request, coach: Coach, *body: Content, status: int = 200) -> web.Response:
    labels = words(coach.language)
    lead = build("p", labels.text("audit.lead"), class_="small")
    title = labels.text("audit.title")
    return desk_page(request, coach, title, lead, *body, current="audit", status=status)
