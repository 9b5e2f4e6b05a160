"""Wishes that are only named."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nlu.slots import load_slot_finder


def _found(text: str) -> dict[str, object]:
    found = load_slot_finder().find(text, today=date(2026, 8, 1))
    return {one.slot: one.value for one in found}


@pytest.mark.parametrize(
    ("text", "interest", "field"),
    [
        ("Sotkamo, iltaisin, vesivärimaalaus", "vesivärimaalaus", "0213"),
        ("ranskaa tai viroa, Heinola, 80 e max", "ranskaa tai viroa", "0231"),
        ("olen eläkkeellä ja asun Porissa. tulkiksi", "tulkiksi", "0231"),
        ("Robotsvetsning? Bor i Karleby", "Robotsvetsning", "0715"),
        ("I live in Kotka and I am 33. Archives, perhaps?", "Archives", "032"),
    ],
)
def test_a_bare_name_is_a_wish(text: str, interest: str, field: str) -> None:
    found = _found(text)
    assert found["interest"] == interest
    assert str(found["field"]).startswith(field)


@pytest.mark.parametrize(
    "text",
    [
        "Kronoby eller däromkring, kan pendla 30 km",
        "I speak Arabic and dari, I live in Raisio",
        "ajan rekkaa, lähtöpaikka ois seinäjoki",
        "Tervetuloa",
    ],
)
def test_other_bare_words_are_no_wish(text: str) -> None:
    assert "interest" not in _found(text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("sku va intressant me nåt om bin", "081"),
        ("haluaisin oppia ranskaa", "0231"),
        ("jotain autoihin liittyvää haluaisin", "0716"),
        ("I want to work with teeth", "091"),
    ],
)
def test_a_thing_that_is_wished_for_names_a_field(text: str, field: str) -> None:
    assert str(_found(text)["field"]).startswith(field)


def test_a_wish_is_nothing_about_time() -> None:
    assert "interest" not in _found("I want to begin in January")
    assert "interest" not in _found("Helst vill jag börja redan i januari")


@pytest.mark.parametrize("text", ["Conservation of wood", "Nutrition"])
def test_a_sentence_that_only_names_studies_is_a_wish(text):
    assert _found(f"I live in Kotka and I am 33. {text}.")["interest"] == text


@pytest.mark.parametrize("text", ["Best regards, John", "Cold weather here", "Thank you"])
def test_a_sentence_of_something_else_is_no_wish(text):
    assert "interest" not in _found(f"I live in Kotka and I am 33. {text}.")
