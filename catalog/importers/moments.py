"""Read days out of dates and moments, as people in Finland would see them."""

from __future__ import annotations

import re
from datetime import date, datetime

from catalog.importers.documents import FieldError
from opastin.settings import TIME_ZONE

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?"
)
_DAY_WITH_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})")


def read_day(field: str, text: str) -> date | None:
    """Return the day of an ISO date or moment; None when `text` is empty.

    A moment with a zone is the day that it is in Finland: 2026-08-31T21:00Z is 1 September.
    """
    if not text:
        return None
    moment = _MOMENT.fullmatch(text)
    plain = _DAY_WITH_ZONE.fullmatch(text)
    day = moment[1] if moment else plain[1] if plain else text
    if not _DAY.fullmatch(day):
        raise FieldError(field, f"{text!r} is not a date (write it like 2027-01-15)")
    try:
        read = date.fromisoformat(day)
        if moment is None or moment[4] is None:
            return read
        zone = "+00:00" if moment[4] == "Z" else f"{moment[4][:3]}:{moment[4][-2:]}"
        whole = datetime.fromisoformat(f"{day}T{moment[2]}:{moment[3] or '00'}{zone}")
        return whole.astimezone(TIME_ZONE).date()
    except (ValueError, OverflowError):
        raise FieldError(field, f"there is no day {text}") from None
