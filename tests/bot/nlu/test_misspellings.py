"""English words with a slip or in shorthand are known, and other words are let be."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nlu.misspellings import Misspellings
from bot.nlu.slots import load_slot_finder


def find(text, asked=None, language="en"):
    found = load_slot_finder().find(text, today=date(2026, 11, 22), asked=asked, language=language)
    return {(fact.slot, str(fact.value)) for fact in found}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("marketting or socal media stuff idk", {("field", "0414")}),
        ("evnings or wkends", {("schedule", "evening"), ("schedule", "weekend")}),
        ("acounting on weekneds", {("schedule", "weekend"), ("field", "0411")}),
        ("wanna move up at wrok", {("goal", "advance")}),
        ("prefer onlin studys in hesinki", {("online_ok", "True"), ("place", "091")}),
        ("im unemployd", {("situation", "unemployed")}),
        ("ne thing free tho?", {("budget_eur", "0")}),
    ],
)
def test_facts_with_slips_are_found(text, facts):
    assert facts <= find(text)


def test_the_words_stay_as_they_were_typed():
    assert ("interest", "marketting") in find("marketting")


def test_other_languages_are_not_mended():
    assert ("schedule", "evening") not in find("evnings", language="fi")


@pytest.mark.parametrize(
    "word", ["marketing", "markets", "nurses", "planting", "form", "Vantaa", "diary", "åboland"]
)
def test_words_spelled_right_and_names_are_let_be(word):
    finder = Misspellings(
        ["marketing", "market", "nursing", "planning", "from", "dairy"],
        right=["diary", "planting", "form", "nurses"],
    )
    assert finder.mended(word) is None


def test_a_word_that_may_be_several_is_let_be():
    assert Misspellings(["lending", "leading"]).mended("leding") is None
