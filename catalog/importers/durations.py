"""Read lengths of time as ISO 8601 writes them: P6M, P1Y2M, P10W, PT2H30M."""

from __future__ import annotations

import re

from catalog.importers.documents import FieldError

DAYS_IN_A_MONTH = 365.25 / 12
MOST_MONTHS = 120

_PART = r"(?:(\d{1,6}(?:[.,]\d{1,3})?)%s)?"
_DURATION = re.compile(
    "P"
    + "".join(_PART % unit for unit in "YMWD")
    + "(?:T"
    + "".join(_PART % u for u in "HMS")
    + ")?"
)


def read_months(field: str, text: str) -> float | None:
    """Return a length in months, to one decimal; None when it is shorter than a day.

    Hours say how much work something is, not how long it goes on.
    """
    years, months, weeks, days, *_ = _parts(field, text)
    length = years * 12 + months + (weeks * 7 + days) / DAYS_IN_A_MONTH
    if length > MOST_MONTHS:
        raise FieldError(field, f"{text} is more than {MOST_MONTHS} months")
    return round(length, 1) or None


def read_hours(field: str, text: str) -> float | None:
    """Return the hours of a length that is given in hours, minutes and seconds alone."""
    *longer, hours, minutes, seconds = _parts(field, text)
    if any(longer):
        return None
    return round(hours + minutes / 60 + seconds / 3600, 2) or None


def _parts(field: str, text: str) -> list[float]:
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise FieldError(field, f"{text!r} is not a length of time (write it like P6M or P10W)")
    return [float((part or "0").replace(",", ".")) for part in match.groups()]
