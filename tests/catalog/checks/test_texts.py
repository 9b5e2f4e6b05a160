from __future__ import annotations

import pytest

LONG = "Opit hoivan perusteet, ja sen jälkeen tiedät, sopiiko ala sinulle."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("– – –", "empty_text"),
        ("\u200b", "empty_text"),
        ("Lorem ipsum dolor sit amet", "placeholder"),
        ("TODO", "placeholder"),
        ("Kuvaus tulossa.", "placeholder"),
        ("Täydennetään myöhemmin!", "placeholder"),
        ("Beskrivningen kommer senare", "placeholder"),
        ("Texten saknas", "placeholder"),
        ("To be announced", "placeholder"),
        ("N/A", "placeholder"),
        ("<p>Opit hoivaa.</p>", "markup"),
        ("Opit hoivaa.<br />Ja muuta", "markup"),
        ('Katso <a href="https://opisto.example">täältä</a>', "markup"),
        ("Opit hoivaa&nbsp;kotona", "markup"),
        ("Hoivaa &auml;idille", "markup"),
    ],
)
def test_text_that_tells_nothing_is_found(find, text, kind):
    assert find(outcomes={"sv": text}) == {(kind, "outcomes_sv")}


@pytest.mark.parametrize(
    "text",
    [
        "Hinta < 5 e, ja a > b",
        "R&D; ja muuta",
        "Testaus ja kuvaus",
        "Kurssilla kuvaus tuleekin tutuksi",
        "C",
        "Tervetuloa! Ohjelma päivitetään joka vuosi.",
        "Kommer du med?",
    ],
)
def test_ordinary_text_is_left_alone(find, text):
    assert find(outcomes={"sv": text}) == set()


def test_one_text_for_all_languages_is_found(find):
    assert find(descriptions=dict.fromkeys(("fi", "sv", "en"), LONG)) == {
        ("same_text", "description")
    }
    assert find(descriptions={"fi": LONG, "sv": LONG, "en": "You learn care."}) == set()


def test_short_texts_may_be_the_same(find):
    assert find(requirements=dict.fromkeys(("fi", "sv", "en"), "5 op")) == set()
    assert find(titles=dict.fromkeys(("fi", "sv", "en"), "Python")) == set()


def test_the_same_title_in_all_languages_is_worth_a_look(find):
    titles = dict.fromkeys(("fi", "sv", "en"), "Hoivan perusteet")
    assert find(titles=titles) == {("same_title", "title")}


def test_a_huge_text_is_searched_in_no_time(find):
    assert find(outcomes={"fi": "<a " * 300_000 + "a" * 300_000}) == set()
