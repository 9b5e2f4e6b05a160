from __future__ import annotations

import pytest

from catalog.importers.languages import language_of, languages_of


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("fi", "fi"),
        ("fin", "fi"),
        ("sv-FI", "sv"),
        ("en_GB", "en"),
        ("Suomi", "fi"),
        ("http://publications.europa.eu/resource/authority/language/SWE", "sv"),
        ("nld", None),
        ("", None),
    ],
)
def test_codes_and_names_are_recognised(code, language):
    assert language_of(code) == language


def test_each_language_is_named_once():
    assert languages_of(["fin", "nld", "fi", "swe"]) == ("fi", "sv")
