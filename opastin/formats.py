"""Money, dates and numbers as people of each language write them."""

from __future__ import annotations

from datetime import date, time

from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def money(amount: float, language: str, most: float | None = None) -> str:
    """Return an amount in euros: "1 200 €" in Finnish and Swedish, "€1,200" in English.

    With `most` it is a range: "60–120 €".
    """
    ends = [amount] if most is None else [amount, most]
    number = "–".join(format_decimal(round(end, 2), locale=_LOCALES[language]) for end in ends)
    return f"€{number}" if language == "en" else f"{number} €"


def number(value: float, language: str) -> str:
    """Return a number without needless decimals."""
    return str(format_decimal(round(value, 1), locale=_LOCALES[language]))


def day(value: date, language: str) -> str:
    """Return a date with its year: "15.1.2027", "15 January 2027"."""
    pattern = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}[language]
    return format_date(value, pattern, locale=_LOCALES[language])


def month(value: date, language: str) -> str:
    """Return a month with its year: "11/2026", "November 2026"."""
    pattern = {"fi": "M/y", "sv": "M/y", "en": "MMMM y"}[language]
    return format_date(value, pattern, locale=_LOCALES[language])


def clock(value: time, language: str) -> str:
    """Return a time of day: "14.05" in Finnish and Swedish, "14:05" in English."""
    return f"{value:%H:%M}" if language == "en" else f"{value:%H.%M}"
