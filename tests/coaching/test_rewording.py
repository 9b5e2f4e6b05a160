from __future__ import annotations

import pytest

from coaching.rewording import LONGEST, NotReworded, UnfitWording, check, is_reworded

NEAR = [
    ("joo", "joo"),
    ("Joo!", "joo"),
    ("iltaisin", "iltasin"),
    ("Mistä saan rahaa opiskeluun?", "mistä saan rahaa opiskeluun"),
    ("mistä saan rahaa opiskeluun kiitos", "mistä saan rahaa opiskeluun"),
    ("saan mistä opiskeluun rahaa", "mistä saan rahaa opiskeluun"),
    ("mistä mä saan rahaa siihen opiskeluun", "mistä saan rahaa opiskeluun"),
    (
        "oon neljän lapsen äiti",
        "moi oon neljän lapsen äiti Kauhajoelta ja haluisin jotain iltaopintoja",
    ),
    ("jag vill studera på kvällarna", "Hej, jag vill studera på kvällarna i Vasa, går det?"),
    ("can I study at night", "can i study at night"),
]
OTHER = [
    ("kyllä kiitos", "joo"),
    ("mistä opintoihin saa tukea", "mistä saan rahaa opiskeluun"),
    ("haluan sairaanhoitajaksi", "hoitsuks mielis tässä"),
    ("mitä kursseja on illalla", "oisko mitää lähihoitajalle seinäjoel iltasin"),
    ("finns det kvällskurser", "jag vill studera på kvällarna"),
    ("is there anything in the evenings", "can i study at night"),
    ("en tiedä yhtään mitä haluaisin", "ei mitään hajua mikä kiinnostais"),
]


@pytest.mark.parametrize(("wording", "original"), NEAR)
def test_what_is_near_the_persons_words_may_not_leave(wording, original):
    assert not is_reworded(wording, original)
    with pytest.raises(NotReworded):
        check(wording, [original])


@pytest.mark.parametrize(("wording", "original"), OTHER)
def test_another_wording_may(wording, original):
    assert check(f" {wording} ", [original]) == wording


def test_it_must_differ_from_every_one_of_a_group():
    with pytest.raises(NotReworded):
        check("haluan sairaanhoitajaksi", ["hoitsuks mielis", "haluun sairaanhoitajaksi"])


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "?!",
        "soita 040 123 4567",
        "matti.meikalainen@example.com kiinnostuisi",
        "olen 131052-308T ja haluan kouluun",
        "haluan [Vaasaan](place)",
        'haluan [Vaasaan]{"entity": "place"}',
        "a" * (LONGEST + 1),
    ],
)
def test_some_wordings_fit_no_file(wording):
    with pytest.raises(UnfitWording):
        check(wording, ["moi"])


def test_a_wording_is_made_one_line():
    assert check("- haluan\n  opiskella ", ["moi"]) == "haluan opiskella"
