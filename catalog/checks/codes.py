"""Codes that nothing in the catalogue knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from catalog.checks.finding import Finding
from catalog.checks.records import Record, Row
from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.models import (
    ADMISSIONS,
    DEGREE_LEVELS,
    EDUCATION,
    FUNDING,
    LANGUAGE_LEVELS,
    LANGUAGES,
    LEVELS,
    MODES,
    ROUNDS,
    SCHEDULES,
    TYPES,
)

_REQUIRED_LANGUAGES = tuple(
    f"{language}:{level}" for language in LANGUAGES for level in LANGUAGE_LEVELS
)
_OF_OPTION: dict[str, Collection[str]] = {
    "type": TYPES,
    "level": LEVELS,
    "education_required": EDUCATION,
    "language_required": _REQUIRED_LANGUAGES,
    "leads_to_level": DEGREE_LEVELS,
    "route_round": ROUNDS,
    "funding": FUNDING,
}
_OF_OFFERING: dict[str, Collection[str]] = {
    "modes": MODES,
    "schedule": SCHEDULES,
    "teaching_languages": LANGUAGES,
    "admission": ADMISSIONS,
}


def check_codes(record: Record) -> Iterator[Finding]:
    """Yield the codes of an option and its offerings that are of no list."""
    option = record.option
    for field, code in _unknown(option, _OF_OPTION):
        yield Finding("unknown_code", field, f"{code!r} is not known")
    if option.field is not None and not is_field(option.field):
        yield Finding("unknown_code", "field", f"{option.field!r} is no field of education")
    for offering in record.offerings:
        for field, code in _unknown(offering, _OF_OFFERING):
            yield Finding("unknown_code", field, f"{code!r} is not known", offering.id)
        if offering.place is not None and load_geography().get(offering.place) is None:
            detail = f"{offering.place!r} is no municipality or region"
            yield Finding("unknown_code", "place", detail, offering.id)


def _unknown(row: Row, lists: dict[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    for field, known in lists.items():
        value = getattr(row, field)
        for code in (value,) if isinstance(value, str) else value or ():
            if code not in known:
                yield field, code
