"""Wishes for a language or for easy language, told from studying languages."""

from __future__ import annotations

import pytest

from bot.nlu.language_wishes import find_wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("puhutaan ruotsia", "sv"),
        ("voinko puhua suomea", "fi"),
        ("voisitko vastata englanniksi", "en"),
        ("suomeksi kiitos", "fi"),
        ("en osaa ruotsia, voidaanko puhua suomea", "fi"),
        ("på svenska tack", "sv"),
        ("kan vi ta det på finska", "fi"),
        ("in English please", "en"),
        ("do you speak Swedish?", "sv"),
        ("moi, puhutko englantia? I want to be nurse", "en"),
        ("takaisin ruotsiksi", "sv"),
        ("suomeksi sittenkin", "fi"),
        ("nej, finska ändå", "fi"),
        ("back to english", "en"),
        ("my finnish is bad, only english", "en"),
        ("min finska är dålig, bara svenska", "sv"),
        ("svenska", "sv"),
        ("sorry i dont understand finnish, english?", "en"),
        ("voiks puhuu ruotsiks", "sv"),
        ("vain englanniksi", "en"),
        ("bara på svenska", "sv"),
    ],
)
def test_a_wish_for_a_language_is_found(text: str, language: str) -> None:
    (wish,) = find_wishes(text)

    assert (wish.entity, wish.value) == ("language_wish", language)


@pytest.mark.parametrize(
    "text",
    [
        "haluan oppia ruotsia",
        "haluaisin oppia puhumaan ruotsia",
        "opiskelen ruotsiksi",
        "haluan opiskella englanniksi",
        "onko kursseja englanniksi",
        "puhun ruotsia ja suomea",
        "jag vill lära mig finska",
        "finns det kurser på engelska",
        "varför talar du finska",
        "can i study in english",
        "I speak english and some finnish",
        "i don't speak swedish",
    ],
)
def test_studying_or_knowing_a_language_is_no_wish(text: str) -> None:
    assert find_wishes(text) == []


def test_a_bare_language_after_a_question_about_studies_is_its_answer() -> None:
    assert find_wishes("ruotsi", "teaching_languages") == []
    assert find_wishes("ruotsi", "interest") == []
    assert find_wishes("ruotsi", "place")[0].value == "sv"


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("puhu selkeämmin", True),
        ("voiko tän saada selkokielellä", True),
        ("lättläst tack", True),
        ("kan du använda enklare ord", True),
        ("easy language please", True),
        ("write simpler", True),
        ("ei tarvitse selkokieltä enää", False),
        ("skriv normalt igen", False),
        ("i don't need easy language anymore", False),
    ],
)
def test_easy_language_is_wished_for_and_given_up(text: str, wished: bool) -> None:
    assert [(w.entity, w.value) for w in find_wishes(text)] == [("plain_language", wished)]


def test_offsets_fit_the_text_as_it_was_typed() -> None:
    text = "İ no niin, Puhutaan Ruotsia!"

    (wish,) = find_wishes("no niin, Puhutaan Ruotsia!")
    found = find_wishes(text)

    assert "no niin, Puhutaan Ruotsia!"[wish.start : wish.end] == "Puhutaan Ruotsia"
    assert all(text[w.start : w.end].casefold().endswith("ruotsia") for w in found)


@pytest.mark.parametrize(
    "text", ["speak French and English", "minä puhu vähän suomi", "jag prata lite svenska"]
)
def test_what_one_speaks_is_no_wish(text):
    assert find_wishes(text) == []


@pytest.mark.parametrize("text", ["ja sit takas suomeksi", "takas suomeks"])
def test_going_back_to_a_language_is_a_wish(text):
    assert [wish.value for wish in find_wishes(text)] == ["fi"]
