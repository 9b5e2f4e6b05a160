"""Read price and application period from the offers of schema.org."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.importers.documents import FieldError
from catalog.importers.jsonld import Thing
from catalog.importers.moments import read_day
from catalog.importers.prices import is_euro, price_range, range_of, read_amount

PRICE_ENDS = (("lowPrice", "highPrice"), ("minPrice", "maxPrice"))

Range = tuple[float | None, float | None]


@dataclass(frozen=True)
class Terms:
    """What a course costs and when one applies; None is "not known"."""

    price_eur: float | None = None
    price_max_eur: float | None = None
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
    least, most = _price(ahead or offers)
    return Terms(
        price_eur=least,
        price_max_eur=most,
        apply_from=min(known_begins, default=None),
        apply_by=max(known_ends) if len(known_ends) == len(offers) else None,
    )


def _day(offer: Thing, *keys: str) -> date | None:
    return next(
        (read_day(offer.path(key), offer.string(key)) for key in keys if offer.string(key)), None
    )


def _price(offers: list[Thing]) -> Range:
    """Return the range of what the offers cost; nothing where one does not tell in euros."""
    ranges = [_price_of(offer) for offer in offers]
    ends = [end for least, most in ranges for end in (least, least if most is None else most)]
    return range_of(ends)


def _price_of(offer: Thing) -> Range:
    if any(category.casefold() == "free" for category in offer.strings("category")):
        return 0.0, None
    currency = offer.string("priceCurrency")
    for thing in (offer, *offer.things("priceSpecification")):
        # The price of a credit or an hour is not that of the whole.
        if (
            thing.values("referenceQuantity")
            or thing.values("unitText")
            or thing.values("unitCode")
        ):
            continue
        least, most = _amount(thing)
        code = thing.string("priceCurrency") or currency
        if least is not None and ((most or least) == 0 or is_euro(code)):
            return least, most
    return None, None


def _amount(thing: Thing) -> Range:
    def amount(key: str) -> float | None:
        return read_amount(thing.path(key), next(iter(thing.strings(key)), None))

    alone = amount("price")
    if alone is not None:
        return alone, None
    low, high = next((keys for keys in PRICE_ENDS if any(map(thing.values, keys))), PRICE_ENDS[0])
    least, most = amount(low), amount(high)
    # "From 60 euros" does not tell what it may cost.
    if least is None or most is None:
        return None, None
    return price_range(thing.path(high), least, most)
