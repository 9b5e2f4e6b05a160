"""Prices that cannot be right, or that hardly are."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.checks.finding import Finding
from catalog.checks.records import Record, Row

# No adult pays more for an option of ours, and no two pay so differently for one.
MOST_EUROS = 20_000
MOST_TIMES = 20


def check_prices(record: Record) -> Iterator[Finding]:
    """Yield what is wrong or doubtful in the prices of an option's offerings."""
    for offering in record.offerings:
        yield from _impossible(offering)
        yield from _doubtful(offering)


def _impossible(offering: Row) -> Iterator[Finding]:
    least, most = offering.price_eur, offering.price_max_eur
    if most is None:
        return
    if least is None:
        detail = f"{most:g} is given without the lower end"
        yield Finding("impossible_price", "price_max_eur", detail, offering.id)
    elif most <= least:
        detail = f"{most:g} is not above the lower end, {least:g}"
        yield Finding("impossible_price", "price_max_eur", detail, offering.id)


def _doubtful(offering: Row) -> Iterator[Finding]:
    least, most = offering.price_eur, offering.price_max_eur
    for field, price in (("price_eur", least), ("price_max_eur", most)):
        if price is not None and price > MOST_EUROS:
            detail = f"{price:g} is more than {MOST_EUROS}"
            yield Finding("doubtful_price", field, detail, offering.id)
            return
    if least and most and most > least * MOST_TIMES:
        detail = f"{most:g} is more than {MOST_TIMES} times {least:g}"
        yield Finding("doubtful_price", "price_max_eur", detail, offering.id)
