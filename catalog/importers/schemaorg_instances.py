"""Read how a course of schema.org is taught: mode, times, place, language, length."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

from catalog.importers import schemaorg_words as words
from catalog.importers.documents import FieldError, OfferingDocument, ProviderDocument
from catalog.importers.durations import DAYS_IN_A_MONTH, MOST_MONTHS, read_hours, read_months
from catalog.importers.jsonld import Thing
from catalog.importers.languages import languages_of
from catalog.importers.moments import read_day
from catalog.importers.schemaorg_offers import Terms, read_terms

MODE_WORDS = {
    "online": ("online", "mooc", "virtual", "e-learning", "verkko", "nätkurs", "webb"),
    "blended": ("blend", "hybrid", "mixed", "monimuoto", "flerform"),
    "distance": ("distance", "etäopetus", "etäopiskelu", "distans"),
    "in_person": ("onsite", "on-site", "offline", "in-person", "in person", "classroom", "campus",
                  "lähiopetus", "närstudier", "närundervisning"),
}  # fmt: skip
SCHEDULE_WORDS = {
    "evening": ("evening", "ilta", "kväll"),
    "weekend": ("weekend", "viikonlop", "veckoslut", "helg"),
    "own_pace": ("self-paced", "self paced", "omaan tahtiin", "egen takt"),
    "daytime": ("daytime", "päiväopetus", "dagtid"),
}
WEEKEND = frozenset({"saturday", "sunday", "sa", "su"})
EVENING_HOUR = 16
MOST_HOURS_A_WEEK = 7 * 24
WEEKS_BY_FREQUENCY = {
    "daily": 1 / 7,
    "p1d": 1 / 7,
    "weekly": 1.0,
    "p1w": 1.0,
    "p7d": 1.0,
    "biweekly": 2.0,
    "p2w": 2.0,
    "monthly": 52 / 12,
    "p1m": 52 / 12,
}


def read_offering(
    thing: Thing, course: Thing, *, offering_id: str, provider: ProviderDocument | None, today: date
) -> OfferingDocument:
    """Return an offering; what an instance leaves open is as its course says."""
    both = [thing] if thing is course else [thing, course]
    terms = _terms(both, today)
    starts = _first_day(both, "startDate")
    ends = _first_day(both, "endDate")
    return OfferingDocument(
        id=offering_id,
        provider=words.provider(thing) or provider,
        place=next(filter(None, map(words.place, both)), None),
        modes=_modes(both),
        schedule=_schedule(both),
        weekly_hours=next(filter(None, map(_weekly_hours, both)), None),
        duration_months=_months(both) or _between(starts, ends),
        price_eur=terms.price_eur,
        price_max_eur=terms.price_max_eur,
        teaching_languages=_languages(both),
        apply_from=terms.apply_from,
        apply_by=terms.apply_by,
        starts=starts,
        url=next(filter(None, map(words.address, chain(both, thing.things("offers")))), None),
    )


def _terms(both: list[Thing], today: date) -> Terms:
    terms = read_terms(both, today=today)
    begins = _first_day(both, "applicationStartDate")
    ends = _first_day(both, "applicationDeadline")
    if begins and ends and begins > ends:
        raise FieldError(both[-1].path("applicationStartDate"), "is later than applicationDeadline")
    return replace(terms, apply_from=begins or terms.apply_from, apply_by=ends or terms.apply_by)


def _first_day(both: list[Thing], key: str) -> date | None:
    return next((read_day(t.path(key), t.string(key)) for t in both if t.string(key)), None)


def _modes(both: list[Thing]) -> tuple[str, ...]:
    keys = ("courseMode", "educationalProgramMode", "eventAttendanceMode")
    for thing in both:
        found = _named((text for key in keys for text in thing.strings(key)), MODE_WORDS)
        if any("VirtualLocation" in location.types for location in thing.things("location")):
            found = tuple(dict.fromkeys((*found, "online")))
        if found:
            return found
    return ()


def _schedule(both: list[Thing]) -> tuple[str, ...]:
    for thing in both:
        texts = [*thing.strings("courseMode"), *thing.strings("timeOfDay")]
        found = _named(texts, SCHEDULE_WORDS)
        timed = [_time_of(schedule) for schedule in thing.things("courseSchedule")]
        found = tuple(dict.fromkeys((*found, *filter(None, timed))))
        if found:
            return found
    return ()


def _named(texts: Iterable[str], names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        folded = text.casefold()
        for ours, theirs in names.items():
            for word in theirs:
                if word in folded:
                    found[ours] = None
                    break
    return tuple(found)


def _time_of(schedule: Thing) -> str | None:
    days = {day.rsplit("/", 1)[-1].casefold() for day in schedule.strings("byDay")}
    if days and days <= WEEKEND:
        return "weekend"
    hour = re.match(r"(?:\d{4}-\d{2}-\d{2}T)?(\d{2}):\d{2}", schedule.string("startTime"))
    if hour is None:
        return None
    return "evening" if int(hour[1]) >= EVENING_HOUR else "daytime"


def _weekly_hours(thing: Thing) -> float | None:
    for schedule in thing.things("courseSchedule"):
        weeks = WEEKS_BY_FREQUENCY.get(schedule.string("repeatFrequency").casefold())
        text = schedule.string("duration")
        hours = read_hours(schedule.path("duration"), text) if text else None
        if weeks and hours:
            weekly = round(hours / weeks, 1)
            if weekly > MOST_HOURS_A_WEEK:
                raise FieldError(schedule.path("duration"), f"is {weekly:g} hours a week")
            return weekly
    return None


def _months(both: list[Thing]) -> float | None:
    for thing in both:
        for key in ("timeToComplete", "duration", "timeRequired", "courseWorkload"):
            text = thing.string(key)
            # A workload may also be put in words.
            if text.startswith("P") and (months := read_months(thing.path(key), text)):
                return months
    return None


def _between(starts: date | None, ends: date | None) -> float | None:
    if starts is None or ends is None or ends <= starts:
        return None
    months = round((ends - starts).days / DAYS_IN_A_MONTH, 1)
    return months if 0 < months <= MOST_MONTHS else None


def _languages(both: list[Thing]) -> tuple[str, ...]:
    for thing in both:
        for key in ("inLanguage", "availableLanguage"):
            named = [
                language.string("alternateName") or language.string("name")
                for language in thing.things(key)
            ]
            found = languages_of(named)
            if found:
                return found
    return ()
