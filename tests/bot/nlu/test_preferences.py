"""Slots left open, named or asked for."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "slots"),
    [
        ("ei väliä", "schedule", ["schedule"]),
        ("en halua kertoa missä asun", "interest", ["place"]),
        ("vill inte säga var jag bor", "goal", ["place"]),
        ("I'd rather not say where I live", "goal", ["place"]),
        ("hinnalla ei väliä", "schedule", ["budget_eur"]),
        ("priset spelar ingen roll", None, ["budget_eur"]),
        ("price doesn't matter", "goal", ["budget_eur"]),
        ("kellonajalla ei väliä", "place", ["schedule"]),
        ("time of day doesn't matter", None, ["schedule"]),
        ("kauempanakin käy", "place", ["max_distance_km"]),
        ("längre bort går också", None, ["max_distance_km"]),
        ("further away is fine too", None, ["max_distance_km"]),
        ("kauempana ei käy", None, []),
        ("forget my budget", None, ["budget_eur"]),
        ("unohda budjetti", None, ["budget_eur"]),
        ("ta bort prisgränsen", "schedule", ["budget_eur"]),
        ("hinnalla on väliä", "budget_eur", []),
        ("ihan sama", "place", []),
    ],
)
def test_the_slot_named_is_left_open(values, text, asked, slots):
    assert values("no_preference", text, asked) == slots


@pytest.mark.parametrize(
    ("text", "asked", "places"),
    [
        ("ihan sama", "place", ["any"]),
        ("paikalla ei väliä", "schedule", ["any"]),
        ("kellonajalla ei väliä", "place", []),
    ],
)
def test_a_place_that_does_not_matter_is_anywhere(values, text, asked, places):
    assert values("place", text, asked) == places


def test_words_of_indifference_name_no_wish(values):
    assert values("interest", "price doesn't matter", "goal") == []
    assert values("goal", "I'd rather not say where I live", "goal") == []
