"""Tests of what makes a named place no place to study: left, too far, a thing, a person."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "haluan pois Porista",
        "I want to leave Helsinki",
        "jag vill bort från Vasa",
        "Turku on liian kaukana",
        "Oulu is too far",
        "Åbo är för långt",
        "matka Kouvolaan on liian pitkä",
        "annanstans än i Helsingfors",
        "mikä vaan muu kuin Turku",
        "somewhere other than Oulu",
        "jag bor i Vasa men vill int studera där",
        "asun Porissa mutta en halua opiskella siellä",
        "I live in Vaasa but I can't study there",
    ],
)
def test_a_place_left_or_too_far_is_ruled_out(values, text):
    assert values("place", text) == []
    assert len(values("not_place", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "minulla on Nokian puhelin",
        "jag köpte en Nokia",
        "Raision margariini",
        "Fiskarsin sakset",
        "Se on ihan pori ja poika",
        "Aino Kuopio neuvoi",
        "Karl Borgå",
        "järvenpään päässä on laituri",
        "olin lomalla Rovaniemellä",
        "var på semester i Åbo",
        "I visited Turku last week",
        "I used to live in Turku but not anymore",
        "jag bodde förr i Åbo",
    ],
)
def test_things_people_and_the_past_are_no_places(values, text):
    assert values("place", text) == []
    assert values("not_place", text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("muutin pois Porista Turkuun", ["853"]),
        ("en halua pois Porista", ["609"]),
        ("jag vill inte lämna Vasa", ["905"]),
        ("max 30 km bort från Vasa", ["905"]),
        ("not too far away from Tampere", ["837"]),
        ("Helsinki is not too far", ["091"]),
        ("I'm leaving for Oulu in spring", ["564"]),
        ("I live in Salo and Helsinki is too far", ["734"]),
        ("I live in Vaasa but there are no courses", ["905"]),
        ("asuin ennen Turussa, nyt Raisiossa", ["680"]),
        ("olen asunut Turussa 5 vuotta", ["853"]),
        ("asun Nokialla", ["536"]),
        ("Raision kaupunki", ["680"]),
        ("olen Aino, Kuopio", ["297"]),
    ],
)
def test_near_and_present_places_stay(values, text, codes):
    assert values("place", text) == codes


def test_a_parent_tells_of_oneself(values):
    assert values("place", "kolmen lapsen äiti Kokkolasta, lähihoitaja") == ["272"]
    assert values("place", "äiti asuu Kokkolassa") == []


def test_of_two_places_weighed_one_is_chosen(values):
    assert values("place", "Lahti liian kaukana, Heinola käy") == ["111"]
    assert values("not_place", "Lahti liian kaukana, Heinola käy") == ["398"]
