from __future__ import annotations

import pytest

from catalog.index.parts import roots


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hoitoalan", ("hoito",)),
        ("iltaopinnoissa", ("ilta",)),
        ("lähihoitajaksi", ("lähihoitaja", "hoito")),
        ("merkonomikoulutus", ("merkonomi",)),
        ("sjuksköterskeutbildning", ("sjuksköt", "vård")),
        ("kvällskurs", ("kväll",)),
    ],
)
def test_a_compound_is_about_what_its_parts_are(word, expected):
    assert roots(word) == expected


@pytest.mark.parametrize("word", ["palautus", "siltaus", "a", "", "xyzzy", "1234567"])
def test_short_parts_are_not_seen_inside_other_words(word):
    assert roots(word) == ()
