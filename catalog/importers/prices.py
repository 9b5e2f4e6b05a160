"""Read amounts of money: a number in euros, or what is wrong with it."""

from __future__ import annotations

import math
import re
from typing import Any

from catalog.importers.documents import FieldError

MOST_EUROS = 1_000_000
_AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")


def read_amount(field: str, value: Any, *, at_most: float = MOST_EUROS) -> float | None:
    """Return the amount that a number or a text like "112,50" is; None where there is nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # Thousands may be set apart by a space that does not break.
        text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))", "", value.strip()[:40])
        if not _AMOUNT.fullmatch(text):
            reason = f"{value[:40]!r} is not a number (write it without a unit, like 112.50)"
            raise FieldError(field, reason)
        value = float(text.replace(",", "."))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FieldError(field, "is not a number")
    if not 0 <= value <= at_most:
        raise FieldError(field, f"{value:g} is not between 0 and {at_most:g}")
    return float(value)


def is_euro(currency: str) -> bool:
    """Say whether a currency is the euro, by its code or an address that ends in it."""
    return currency.strip().rsplit("/", 1)[-1].casefold() in ("eur", "euro", "€")
