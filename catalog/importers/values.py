"""Read one value of a table: a number, a date, a code; or say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.importers.documents import FieldError
from catalog.models import LANGUAGE_LEVELS, LANGUAGES

YES = frozenset({"yes", "true", "1", "kyllä", "ja"})
NO = frozenset({"no", "false", "0", "ei", "nej"})

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_RELATIVE_DATE = re.compile(r"([+-]\d{1,4})d")
_YEARLY_DATE = re.compile(r"next-(\d{2})-(\d{2})(\+1y)?")
_GRADE = re.compile(r"[1-5](?:[.,]\d)?")
LONGEST_GRADE = 60
# A long import reads the same few values again and again.
CACHED = 2000
LONGEST_CACHED = 100


@lru_cache(maxsize=CACHED)
def read_number(column: str, text: str, *, at_most: float) -> float | None:
    """Return the number, with a decimal point or comma; None when `text` is empty."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise FieldError(column, f"{text!r} is not a number (write it without a unit, like 112.50)")
    number = float(text.replace(",", "."))
    if number > at_most:
        raise FieldError(column, f"{text} is more than {at_most:g}")
    return number


def read_date(column: str, text: str, *, today: date) -> date | None:
    """Return an ISO date, or the day that `+45d` or `next-03-24` means when loaded today."""
    if not text:
        return None
    relative = _RELATIVE_DATE.fullmatch(text)
    if relative:
        return today + timedelta(days=int(relative[1]))
    yearly = _YEARLY_DATE.fullmatch(text)
    if yearly:
        day = _next_day(column, int(yearly[1]), int(yearly[2]), today)
        return day.replace(year=day.year + 1) if yearly[3] else day
    if not _ISO_DATE.fullmatch(text):
        raise FieldError(column, f"{text!r} is not a date (write it like 2027-01-15)")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(column, f"there is no day {text}") from None


def read_grade(column: str, text: str) -> str | None:
    """Return a grade with its scale: `3` is `3/5`; what is no number stays as it is written."""
    if not text:
        return None
    if _GRADE.fullmatch(text):
        return f"{text.replace(',', '.')}/5"
    if text.replace(",", ".").replace(".", "", 1).isdigit():
        raise FieldError(column, f"{text} is not from 1 to 5; name another scale, like 8/10")
    if len(text) > LONGEST_GRADE:
        raise FieldError(column, f"is longer than {LONGEST_GRADE} characters")
    return text


def read_language_levels(column: str, text: str) -> tuple[str, ...]:
    """Return languages with the level that is asked for: `fi:B1`."""
    return tuple(_language_level(column, word) for word in read_list(text))


def _language_level(column: str, text: str) -> str:
    language, _, level = text.partition(":")
    if language not in LANGUAGES or level not in LANGUAGE_LEVELS:
        raise FieldError(column, f"{text!r} is no language with its level, like fi:B1")
    return text


def _next_day(column: str, month: int, day: int, today: date) -> date:
    try:
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        raise FieldError(column, f"there is no day {month:02}-{day:02} every year") from None


def read_yes_no(column: str, text: str) -> bool | None:
    """Return True or False; None when `text` is empty."""
    folded = text.casefold()
    if not folded:
        return None
    if folded not in YES | NO:
        raise FieldError(column, f"{text!r} is neither `yes` nor `no`")
    return folded in YES


def read_choice(column: str, text: str, choices: Collection[str]) -> str | None:
    """Return `text` when it is one of the choices; None when it is empty."""
    if not text:
        return None
    if text not in choices:
        raise FieldError(column, f"{text!r} is none of {', '.join(choices)}")
    return text


def read_choices(column: str, text: str, choices: Collection[str]) -> tuple[str, ...]:
    """Return the choices that `text` lists, separated by semicolons."""
    return tuple(read_choice(column, word, choices) or word for word in read_list(text))


def read_list(text: str) -> tuple[str, ...]:
    """Return the words that `text` lists, separated by semicolons, each once."""
    return _short_list(text) if len(text) <= LONGEST_CACHED else _split(text)


@lru_cache(maxsize=CACHED)
def _short_list(text: str) -> tuple[str, ...]:
    return _split(text)


def _split(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in text.split(";"))
    return tuple(dict.fromkeys(word for word in words if word))


def read_keywords(text: str) -> tuple[str, ...]:
    """Return keywords, which may be separated by spaces where there is no semicolon."""
    return read_list(text if ";" in text else ";".join(text.split()))


def read_field(column: str, text: str) -> str | None:
    """Return a code of the classification of fields, or a longer one under it."""
    if not text:
        return None
    if not is_field(text):
        raise FieldError(column, f"{text!r} is no code of a field of education, like 0923")
    return text


@lru_cache(maxsize=CACHED)
def read_place(column: str, text: str) -> str | None:
    """Return the code of a municipality or region given by code or by name."""
    if not text:
        return None
    # Spreadsheets take the leading zeros of codes away.
    code = text.zfill(3) if text.isascii() and text.isdigit() else text
    if load_geography().get(code) is not None:
        return code
    found = place_by_name(text)
    if found is None:
        raise FieldError(column, f"{text!r} is no municipality or region, by code or by name")
    return found


def place_by_name(name: str) -> str | None:
    """Return the code of the municipality or region of this name, or None."""
    return _codes_by_name().get(name.casefold())


def read_address(column: str, text: str) -> str | None:
    """Return an http or https address; None when `text` is empty."""
    if not text:
        return None
    # Pages make links of it, so nothing else may pass.
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise FieldError(column, f"{text!r} is not an address that begins with https://")
    return check_host(column, text)


def check_host(column: str, address: str) -> str:
    """Return an address of the web whose host is where a reader takes it to be."""
    if not address.isprintable():
        raise FieldError(column, f"{address[:60]!r} has characters that are not seen")
    # What stands before an @ looks like the host, and is not.
    if "@" in re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0]:
        raise FieldError(column, f"{address[:60]!r} names a user before its host; leave that out")
    return address


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    return {
        name.casefold(): place.code
        for place in load_geography().places
        for name in place.names.values()
    }
