"""What is told of somebody else gives no facts, and what is told of oneself beside it does."""

from __future__ import annotations

import random
from datetime import date

import pytest

from bot.nlu.slots import load_slot_finder

TODAY = date(2026, 11, 22)


def find(text, asked=None):
    return load_slot_finder().find(text, today=TODAY, asked=asked)


NOTHING = [
    "hon är ingenjör",
    "she is an engineer",
    "hän on työtön",
    "hän asuu Oulussa",
    "min bror bor i Vasa",
    "my parents live in Lahti",
    "my teacher was from Oulu",
    "min son är 24",
    "my friend is 23 years old",
    "han har en magisterexamen",
    "veljeni asuu Vaasassa ja on kokki",
    "grannen är snickare",
    "min man är en snickare",
    "naapurin Pekka on putkimies",
    "my team had five engineers",
    "hon studerar till läkare i Åbo",
    "min dotter vill bli veterinär",
    "minulla on kaveri joka on lääkäri",
    "I have a friend who is a nurse",
    "hänellä on lukio käyty",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_told_of_others_is_no_fact(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("isä on maisteri", "education"),
        ("vaimo on lääkäri", "competence"),
        ("min man är snickare", "competence"),
        ("my husband is doctor", "competence"),
        ("hän on työtön", "situation"),
        ("my mother lives in Vaasa", "place"),
        ("min man är snickare", "interest"),
    ],
)
def test_nor_is_it_an_answer(text, asked):
    assert find(text, asked) == []


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("my wife is a nurse and I live in Oulu", "place", "564"),
        ("my son is 5 and I am 35 years old", "age_group", "30_plus"),
        ("asun mieheni kanssa Oulussa", "place", "564"),
        ("jag bor med min man i Vasa", "place", "905"),
        ("mun kaveri on kokki ja mäkin haluaisin kokiksi", "field", "1013"),
        ("my wife says I should become a nurse", "field", "0913"),
        ("my boss is a lawyer", "situation", "employed"),
        ("my husband and I live in Espoo", "place", "049"),
    ],
)
def test_what_is_told_of_oneself_stays(text, slot, value):
    assert value in [fact.value for fact in find(text) if fact.slot == slot]


def test_care_of_somebody_is_ones_own():
    assert [one.slot for one in find("hoidin äitiä")] == ["competence"]


SMALL_TALK = [
    "moi", "hej", "hello there", "kiitos paljon", "tack så mycket", "thanks a lot", "hyvää päivää",
    "god morgon", "no niin", "jaha", "oh well", "hauska tavata", "trevligt", "nice to meet you",
    "mitä kuuluu", "hur mår du", "how are you", "hyvä juttu", "bra där", "haha", "joo joo",
    "poliisi soitti eilen", "läraren var jättesnäll", "the bus driver was rude", *NOTHING,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_no_slot_that_was_not_said(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    parts = chance.sample(SMALL_TALK, k=chance.randint(2, 6))
    text = "".join(part + chance.choice([". ", "! ", "!! ", "... ", "\n"]) for part in parts)
    assert find(text) == [], text


OWN = [
    "Asun Vaasassa ja olen lähihoitaja",
    "haluan opiskella kirjanpitoa iltaisin verkossa",
    "jag vill bli socionom, max 200 euro",
    "I want to study business in Tampere, 10 hours a week",
    "oon työtön kokki, 45 v",
    "my wife is a nurse and I live in Oulu",
    "kävin hammaslääkärissä",
    "moi",
]


@pytest.mark.parametrize("text", OWN)
@pytest.mark.parametrize(
    "changed",
    ["{} :)", "{} 😊", "  {}  ", "{}!", "{}\n", "\t{}"],
)
def test_smileys_and_spaces_change_nothing(text, changed):
    def values(text):
        return [(fact.slot, str(fact.value)) for fact in find(text)]

    assert values(changed.format(text)) == values(text)


@pytest.mark.parametrize("text", OWN)
def test_capitals_change_nothing(text):
    def values(text):
        return [(fact.slot, str(fact.value).lower()) for fact in find(text)]

    assert values(text.upper()) == values(text)
