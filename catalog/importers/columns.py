"""How each value of an option and of an offering is read from text, in our table and our terms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from catalog.importers import values
from catalog.importers.prices import MOST_EUROS
from catalog.models import (
    ADMISSIONS,
    DEGREE_LEVELS,
    EDUCATION,
    FUNDING,
    LANGUAGES,
    LEVELS,
    MODES,
    ROUNDS,
    SCHEDULES,
)

MOST_CREDITS = 400
MOST_HOURS_A_WEEK = 7 * 24
MOST_MONTHS = 120

# Takes the column's name, its text and the day of loading.
Reader = Callable[[str, str, date], Any]


def _plain(read: Callable[[str, str], Any]) -> Reader:
    return lambda column, text, today: read(column, text)


def _number(at_most: float) -> Reader:
    return lambda column, text, today: values.read_number(column, text, at_most=at_most)


def _choice(choices: Collection[str]) -> Reader:
    return lambda column, text, today: values.read_choice(column, text, choices)


def _choices(choices: Collection[str]) -> Reader:
    return lambda column, text, today: values.read_choices(column, text, choices)


def _date(column: str, text: str, today: date) -> date | None:
    return values.read_date(column, text, today=today)


OPTION_READERS: Mapping[str, Reader] = {
    "field": _plain(values.read_field),
    "keywords": lambda column, text, today: values.read_keywords(text),
    "credits": _number(MOST_CREDITS),
    "credits_min": _number(MOST_CREDITS),
    "level": _choice(LEVELS),
    "education_required": _choice(EDUCATION),
    "language_required": _plain(values.read_language_levels),
    "leads_to_level": _choice(DEGREE_LEVELS),
    "route_credits": _number(MOST_CREDITS),
    "route_grade": _plain(values.read_grade),
    "route_apply_by": _date,
    "route_round": _choice(ROUNDS),
    "funding": _choices(FUNDING),
    "employing": _plain(values.read_yes_no),
}
OFFERING_READERS: Mapping[str, Reader] = {
    "place": _plain(values.read_place),
    "modes": _choices(MODES),
    "schedule": _choices(SCHEDULES),
    "weekly_hours": _number(MOST_HOURS_A_WEEK),
    "duration_months": _number(MOST_MONTHS),
    "price_eur": _number(MOST_EUROS),
    "price_max_eur": _number(MOST_EUROS),
    "teaching_languages": _choices(LANGUAGES),
    "apply_from": _date,
    "apply_by": _date,
    "continuous": lambda column, text, today: values.read_yes_no(column, text) or False,
    "admission": _choice(ADMISSIONS),
    "starts": _date,
    "url": _plain(values.read_address),
}


# Most cells of most rows are empty, and what an empty one means is always the same.
_OF_EMPTY = {
    column: read(column, "", date.min)
    for column, read in (*OPTION_READERS.items(), *OFFERING_READERS.items())
}


def read_columns(
    readers: Mapping[str, Reader],
    text_of: Callable[[str], str | None],
    *,
    today: date,
    only: Iterable[str] | None = None,
) -> dict[str, Any]:
    """Return the values of all columns, or of some, by name; `text_of` gives a column's text."""
    columns = readers if only is None else only
    return {
        column: readers[column](column, text, today)
        if (text := text_of(column))
        else _OF_EMPTY[column]
        for column in columns
    }
