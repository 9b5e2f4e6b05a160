"""Tests of when a person would study: times merely named, times given to others."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "wanted", "denied"),
    [
        ("iltaisin", ["evening"], []),
        ("jotain iltasin", ["evening"], []),
        ("iltaisin ja viikonloppuisin", ["evening", "weekend"], []),
        ("päivisin kävis", ["daytime"], []),
        ("omaan tahtiin", ["own_pace"], []),
        ("töiden jälkeen", ["evening"], []),
        ("på kvällarna", ["evening"], []),
        ("veckoslut", ["weekend"], []),
        ("i egen takt", ["own_pace"], []),
        ("in the evenings or at weekends", ["evening", "weekend"], []),
        ("at my own pace", ["own_pace"], []),
        ("en iltaisin", [], ["evening"]),
        ("en pääse päivisin", [], ["daytime"]),
        ("inte på kvällar", [], ["evening"]),
        ("työskentelen iltaisin", [], []),
        ("hyvää iltaa", [], []),
        ("god kväll", [], []),
        ("mornings not evenings", ["daytime"], ["evening"]),
        ("koska vaan paitsi viikonloppuna tai illalla", ["daytime"], ["weekend", "evening"]),
        ("aamut on vapaita", ["daytime"], []),
        ("weekends are impossible", [], ["weekend"]),
        ("evenings are out but mornings are free", ["daytime"], ["evening"]),
        ("på egen hand", ["own_pace"], []),
        ("when the kids are at school", ["daytime"], []),
        ("klo 9-15", ["daytime"], []),
        ("10-15 tuntia", [], []),
        ("jääkö perheelle yhtään iltoja", [], []),
        ("tiistai-iltaisin", ["evening"], []),
        ("tisdagskvällar", ["evening"], []),
        ("muksut eskarissa, sillon opiskelen", ["daytime"], []),
        ("a slow pace of my own", ["own_pace"], []),
    ],
)
def test_schedule(values, text, wanted, denied):
    assert values("schedule", text) == wanted
    assert values("not_schedule", text) == denied


@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("ilta", "schedule", ["evening"]),
        ("kväll", "schedule", ["evening"]),
        ("helg", "schedule", ["weekend"]),
        ("viikonloppu", "schedule", ["weekend"]),
        ("päivä", "schedule", ["daytime"]),
        ("it-ala tampere ilta max 200e", None, ["evening"]),
        ("it åbo kväll gratis", None, ["evening"]),
        ("god kväll", None, []),
        ("hyvää iltaa, it-ala kiinnostaa", None, []),
        ("eilen oli kiva ilta", None, []),
    ],
)
def test_a_time_merely_named_answers_or_stands_in_a_list(values, text, asked, wanted):
    assert values("schedule", text, asked) == wanted


@pytest.mark.parametrize(
    ("text", "asked", "denied"),
    [
        ("weekends are for my family", None, ["weekend"]),
        ("evenings are for my kids", None, ["evening"]),
        ("iltaisin olen lasten kanssa", None, ["evening"]),
        ("kvällarna är för familjen", None, ["evening"]),
        ("viikonloppuisin olen töissä", None, ["weekend"]),
        ("weekend no", "schedule", ["weekend"]),
    ],
)
def test_times_given_to_others_are_refused(values, text, asked, denied):
    assert values("schedule", text, asked) == []
    assert values("not_schedule", text, asked) == denied


def test_hours_of_a_day_are_no_time_of_the_day(values):
    assert values("schedule", "högst 2 timmar om dagen") == []
    assert values("schedule", "jag kan studera om dagen") == ["daytime"]


@pytest.mark.parametrize("text", ["ilta", "ilta käy mulle parhaiten", "kväll passar mig bäst"])
def test_a_time_that_suits_is_wanted(values, text):
    assert values("schedule", text) == ["evening"]


def test_a_greeting_is_no_time(values):
    assert values("schedule", "hyvää iltaa") == []
