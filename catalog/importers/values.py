"""Read one value of a table: a number, a date, a code; or say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.importers.documents import FieldError

YES = frozenset({"yes", "true", "1", "kyllä", "ja"})
NO = frozenset({"no", "false", "0", "ei", "nej"})

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_RELATIVE_DATE = re.compile(r"([+-]\d{1,4})d")


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
    """Return an ISO date, or the day that `+45d` means when loaded today."""
    if not text:
        return None
    relative = _RELATIVE_DATE.fullmatch(text)
    if relative:
        return today + timedelta(days=int(relative[1]))
    if not _ISO_DATE.fullmatch(text):
        raise FieldError(column, f"{text!r} is not a date (write it like 2027-01-15)")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(column, f"there is no day {text}") from None


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


def read_place(column: str, text: str) -> str | None:
    """Return the code of a municipality or region given by code or by name."""
    if not text:
        return None
    # Spreadsheets take the leading zeros of codes away.
    code = text.zfill(3) if text.isascii() and text.isdigit() else text
    if load_geography().get(code) is not None:
        return code
    found = _codes_by_name().get(text.casefold())
    if found is None:
        raise FieldError(column, f"{text!r} is no municipality or region, by code or by name")
    return found


def read_address(column: str, text: str) -> str | None:
    """Return an http or https address; None when `text` is empty."""
    if not text:
        return None
    # Pages make links of it, so nothing else may pass.
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise FieldError(column, f"{text!r} is not an address that begins with https://")
    return text


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    return {
        name.casefold(): place.code
        for place in load_geography().places
        for name in place.names.values()
    }
