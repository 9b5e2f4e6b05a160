from __future__ import annotations

import pytest

from catalog import geography
from catalog.geography import load_geography

SEINAJOKI, VAASA, KAUHAJOKI, ETELA_POHJANMAA, ALAND = (
    "743",
    "905",
    "232",
    "maakunta_14",
    "maakunta_21",
)


def test_all_municipalities_and_regions_are_there():
    places = load_geography().places
    assert [sum(place.kind == kind for place in places) for kind in ("municipality", "region")] == [
        308,
        19,
    ]
    assert len({place.code for place in places}) == len(places)


def test_every_municipality_lies_in_a_region_with_a_position():
    places = load_geography()
    for place in places.places:
        assert places.get(places.region_of(place.code)).kind == "region"
        assert 59 < place.latitude < 71
        assert 19 < place.longitude < 32


@pytest.mark.parametrize(
    ("a", "b", "kilometres"),
    [
        (SEINAJOKI, SEINAJOKI, 0),
        (SEINAJOKI, ETELA_POHJANMAA, 0),
        ("091", "837", 161),  # Helsinki and Tampere
        ("091", "049", 16),  # Helsinki and Espoo
    ],
)
def test_distance_is_the_straight_line_between_main_towns(a, b, kilometres):
    assert load_geography().distance_km(a, b) == pytest.approx(kilometres, abs=2)
    assert load_geography().distance_km(a, b) == load_geography().distance_km(b, a)


def test_a_region_is_its_own_region_and_holds_its_municipalities():
    places = load_geography()
    assert places.region_of(ETELA_POHJANMAA) == ETELA_POHJANMAA
    assert {SEINAJOKI, KAUHAJOKI} <= set(places.municipalities_in(ETELA_POHJANMAA))
    assert VAASA not in places.municipalities_in(ETELA_POHJANMAA)


def test_every_region_has_the_position_of_a_town_of_its_own():
    places = load_geography()
    for place in places.places:
        if place.kind == "region":
            towns = map(places.get, places.municipalities_in(place.code))
            assert (place.latitude, place.longitude) in {
                (town.latitude, town.longitude) for town in towns
            }


@pytest.mark.parametrize(
    ("code", "language", "name", "inside", "from_"),
    [
        (VAASA, "sv", "Vasa", "i Vasa", "från Vasa"),
        (VAASA, "en", "Vaasa", "in Vaasa", "from Vaasa"),
        (ALAND, "sv", "Åland", "på Åland", "från Åland"),
        ("318", "sv", "Kökar", "på Kökar", "från Kökar"),
        ("322", "sv", "Kimitoön", "på Kimitoön", "från Kimitoön"),
        ("478", "en", "Mariehamn", "in Mariehamn", "from Mariehamn"),
        ("maakunta_14", "en", "South Ostrobothnia", "in South Ostrobothnia", None),
    ],
)
def test_names_and_phrases_follow_the_language(code, language, name, inside, from_):
    place = load_geography().get(code)
    assert place.name(language) == name
    assert place.inside(language) == inside
    assert from_ is None or place.from_(language) == from_


@pytest.mark.parametrize(
    ("code", "inside", "from_"),
    [
        (SEINAJOKI, "Seinäjoella", "Seinäjoelta"),
        (VAASA, "Vaasassa", "Vaasasta"),
        ("837", "Tampereella", "Tampereelta"),
        ("maakunta_19", "Lapissa", "Lapista"),
    ],
)
def test_finnish_phrases_are_inflected(code, inside, from_):
    place = load_geography().get(code)
    assert (place.inside("fi"), place.from_("fi")) == (inside, from_)


def test_without_a_form_the_finnish_name_stands_as_it_is():
    place = geography.Place("1", "municipality", {"fi": "Uusikunta"}, None, 60.0, 25.0)
    assert (place.inside("fi"), place.from_("fi")) == ("Uusikunta", "Uusikunta")


def test_postcodes_lead_to_municipalities():
    assert load_geography().postcode("60100") == SEINAJOKI
    assert load_geography().postcode("12") is None


def test_an_unknown_code_is_no_place():
    assert load_geography().get("000") is None


def test_large_towns_have_more_postcodes() -> None:
    geography = load_geography()
    assert geography.count_postcodes("091") > geography.count_postcodes("743") > 0
