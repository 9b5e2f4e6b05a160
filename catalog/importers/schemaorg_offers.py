"""Read price and application period from the offers of schema.org."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.importers.documents import FieldError
from catalog.importers.jsonld import Thing
from catalog.importers.moments import read_day
from catalog.importers.prices import is_euro, read_amount


@dataclass(frozen=True)
class Terms:
    """What a course costs and when one applies; None is "not known"."""

    price_eur: float | None = None
    apply_from: date | None = None
    apply_by: date | None = None


def read_terms(things: list[Thing], *, today: date) -> Terms:
    """Return the terms of the first of the things that has any: an instance, then its course."""
    for thing in things:
        offers = thing.things("offers")
        if offers:
            return _of_offers(offers, today)
    is_free = any(
        value in (True, "true", "True") for t in things for value in t.values("isAccessibleForFree")
    )
    return Terms(price_eur=0.0 if is_free else None)


def _of_offers(offers: list[Thing], today: date) -> Terms:
    begins = [_day(offer, "availabilityStarts", "validFrom") for offer in offers]
    ends = [_day(offer, "availabilityEnds", "validThrough") for offer in offers]
    for offer, begin, end in zip(offers, begins, ends, strict=True):
        if begin and end and begin > end:
            raise FieldError(offer.path("validFrom"), "is later than validThrough")
    known_begins = [day for day in begins if day]
    # One offer without an end is enough to apply by.
    known_ends = [day for day in ends if day]
    ahead = [offer for offer, end in zip(offers, ends, strict=True) if end is None or end >= today]
    return Terms(
        price_eur=_price(ahead or offers),
        apply_from=min(known_begins, default=None),
        apply_by=max(known_ends) if len(known_ends) == len(offers) else None,
    )


def _day(offer: Thing, *keys: str) -> date | None:
    return next(
        (read_day(offer.path(key), offer.string(key)) for key in keys if offer.string(key)), None
    )


def _price(offers: list[Thing]) -> float | None:
    """Return the price that all offers agree on; None where it differs from person to person."""
    prices = {_price_of(offer) for offer in offers}
    return prices.pop() if len(prices) == 1 else None


def _price_of(offer: Thing) -> float | None:
    if any(category.casefold() == "free" for category in offer.strings("category")):
        return 0.0
    currency = offer.string("priceCurrency")
    for thing in (offer, *offer.things("priceSpecification")):
        # The price of a credit or an hour is not that of the whole.
        if (
            thing.values("referenceQuantity")
            or thing.values("unitText")
            or thing.values("unitCode")
        ):
            continue
        amount = _amount(thing)
        code = thing.string("priceCurrency") or currency
        if amount is not None and (amount == 0 or is_euro(code)):
            return amount
    return None


def _amount(thing: Thing) -> float | None:
    def amount(key: str) -> float | None:
        return read_amount(thing.path(key), next(iter(thing.strings(key)), None))

    alone = amount("price")
    if alone is not None:
        return alone
    least = amount("lowPrice") if thing.values("lowPrice") else amount("minPrice")
    most = amount("highPrice") if thing.values("highPrice") else amount("maxPrice")
    return most if most == least else None
