"""What an option does not tell, and for what reason nobody is ever shown it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.checks.finding import Finding
from catalog.checks.records import Record, Row
from catalog.models import LANGUAGES

REMOTE_MODES = frozenset({"online", "distance"})
# Badges are about one skill and have no credits.
WITHOUT_CREDITS = frozenset({"skill_badge"})
MISSING = "is missing"


def check_gaps(record: Record, today: date) -> Iterator[Finding]:
    """Yield what is missing; of the offerings, only those that are still open are looked at."""
    offerings = record.open_offerings(today)
    yield from _never_shown(record, offerings)
    yield from _option_gaps(record)
    yield from _language_gaps(record, offerings)
    for offering in offerings:
        yield from _offering_gaps(offering)


def _never_shown(record: Record, offerings: list[Row]) -> Iterator[Finding]:
    if not record.offerings:
        yield Finding("no_offering", "offerings", "there is none")
    elif not offerings:
        days = [row.apply_by for row in record.offerings if row.apply_by is not None]
        yield Finding("all_closed", "apply_by", f"{max(days)} was the last day to apply")
    elif not any(row.place is not None or _is_remote(row) for row in offerings):
        yield Finding("no_place", "place", "is missing, and it is not taught online")


def _is_remote(offering: Row) -> bool:
    return not REMOTE_MODES.isdisjoint(offering.modes) and "blended" not in offering.modes


def _option_gaps(record: Record) -> Iterator[Finding]:
    option = record.option
    if option.credits is None and option.type not in WITHOUT_CREDITS:
        yield Finding("no_credits", "credits", MISSING)
    if option.field is None:
        yield Finding("no_field", "field", MISSING)
    if record.offerings and record.provider is None:
        yield Finding("no_provider", "provider", MISSING)
    if not any(text.description for text in record.texts.values()):
        yield Finding("no_description", "description", MISSING)


def _offering_gaps(offering: Row) -> Iterator[Finding]:
    if offering.price_eur is None:
        yield Finding("no_price", "price_eur", MISSING, offering.id)
    if not offering.teaching_languages:
        yield Finding("no_teaching_language", "teaching_languages", MISSING, offering.id)
    if offering.url is None:
        yield Finding("no_url", "url", MISSING, offering.id)


def _language_gaps(record: Record, offerings: list[Row]) -> Iterator[Finding]:
    titled = {language for language, text in record.texts.items() if text.title}
    if not titled:
        yield Finding("no_title", "title", MISSING)
        return
    taught = {language for row in offerings for language in row.teaching_languages}
    for language in LANGUAGES:
        if language in titled:
            continue
        field = f"title_{language}"
        if language in record.texts:
            yield Finding("untitled_language", field, "is missing, though there are other texts")
        elif language in taught:
            yield Finding("language_without_text", field, "is missing, though it is taught in it")
        else:
            yield Finding("not_translated", field, MISSING)
