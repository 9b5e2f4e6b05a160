from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("least", "most", "found_"),
    [
        (60.0, 120.0, set()),
        (0.0, 900.0, set()),
        (120.0, 60.0, {("impossible_price", "price_max_eur")}),
        (60.0, 60.0, {("impossible_price", "price_max_eur")}),
        (5.0, 500.0, {("doubtful_price", "price_max_eur")}),
        (25_000.0, None, {("doubtful_price", "price_eur")}),
        (900.0, 90_000.0, {("doubtful_price", "price_max_eur")}),
    ],
)
def test_ranges_that_are_reversed_or_absurd_are_found(find, least, most, found_):
    assert find(price_eur=least, price_max_eur=most) == found_


def test_an_upper_end_alone_is_no_price(find):
    found = find(price_eur=None, price_max_eur=60.0)
    assert ("impossible_price", "price_max_eur") in found
