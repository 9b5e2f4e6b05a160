"""Read amounts of money: a number in euros, or what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
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


def price_range(
    field: str, least: float | None, most: float | None
) -> tuple[float | None, float | None]:
    """Return a price and, where it is a range, its upper end; `field` is the upper end's name."""
    if most is None or least == most:
        return least, None
    if least is None:
        raise FieldError(field, "is given without the lower end of the price")
    if most < least:
        raise FieldError(field, f"{most:g} is less than the lower end of the price, {least:g}")
    return least, most


def range_of(prices: Collection[float | None]) -> tuple[float | None, float | None]:
    """Return the lowest and the highest of several prices; nothing where one is not known."""
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(prices):
        return None, None
    return price_range("", min(known), max(known))


def is_euro(currency: str) -> bool:
    """Say whether a currency is the euro, by its code or an address that ends in it."""
    return currency.strip().rsplit("/", 1)[-1].casefold() in ("eur", "euro", "€")
