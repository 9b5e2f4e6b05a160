from __future__ import annotations

import pytest

from catalog.importers.localities import municipality_in_words, municipality_of


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ({"locality": "Seinäjoki"}, "743"),
        ({"locality": "VASA", "country": "FI"}, "905"),
        ({"postcode": "60100", "country": "http://example.eu/country/FIN"}, "743"),
        ({"postcode": "FI-60100"}, "743"),
        ({"locality": "Seinäjoki", "country": "SE"}, None),
        ({"postcode": "02134", "locality": "Boston", "country": "US"}, None),
        ({}, None),
    ],
)
def test_a_municipality_is_found_by_name_or_postcode_in_finland(address, code):
    assert municipality_of(**address) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Seinäjoki", "743"),
        ("Koulukatu 1, 60100 Seinäjoki", "743"),
        ("Kampus; Vaasa, Suomi", "905"),
        ("St Brycedale Campus Kirkcaldy", None),
        ("", None),
        ("," * 100_000, None),
    ],
)
def test_a_municipality_is_found_in_an_address_in_words(text, code):
    assert municipality_in_words(text) == code
