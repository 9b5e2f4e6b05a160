"""Tokens keep the places of the letters as they were typed."""

from __future__ import annotations

import pytest

from bot.nlu.reading import LONGEST, read

TURNS = {"contrast": {"mutta"}, "joining": {"ja"}}


def words(text):
    return [token.word for token in read(text, TURNS).tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moi, asun Vaasassa!", ["moi", ",", "asun", "vaasassa", "!"]),
        ("10h/vko", ["10", "h", "/", "vko"]),
        ("500e", ["500", "e"]),
        ("IT-ala", ["itala"]),
        ("social- och hälsovård", ["social", "och", "hälsovård"]),
        ("jkl:ssä", ["jkl:ssä"]),
        ("paikka:Vaasassa", ["paikka", ":", "vaasassa"]),
        ("don’t", ["dont"]),
        ("1 000 euroa", ["1 000", "euroa"]),
        ("[phone] kiitos", ["[phone]", "kiitos"]),
        ("va\u200basassa", ["vaasassa"]),
        ("seina\u0308joki", ["seinäjoki"]),
        ("Ｔａｍｐｅｒｅ １０", ["tampere", "10"]),
        ("asun Kuopiossa\x00ja\x0bOulussa\x0cnyt", ["asun", "kuopiossa", "ja", "oulussa", "nyt"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "va\u200basassa asun",
        "seina\u0308joella",
        "\u202eolen Vaasasta\u202c",
        "İstanbul Vaasa",
        "olen\x00Ｖａａｓａｓｔａ\x0cnyt",
    ],
)
def test_tokens_slice_the_text_as_typed(text):
    for token in read(text, TURNS).tokens:
        assert text[token.start : token.end] == token.text


def test_clauses_end_at_marks_and_turns():
    tokens = read("Olen Vaasasta, mutta opiskelen ja asun. Sitten muutan", TURNS).tokens
    clauses = {token.word: token.clause for token in tokens}
    assert len({clauses[word] for word in ("olen", "mutta", "ja", "sitten")}) == 4
    assert tokens[0].sentence != tokens[-1].sentence


def test_an_abbreviation_ends_nothing():
    tokens = read("n. 10 tuntia", TURNS, {"n"}).tokens
    assert {token.sentence for token in tokens} == {0}


def test_only_the_beginning_of_a_long_text_is_read():
    assert read("a " * 10_000, TURNS).tokens[-1].end <= LONGEST


def test_swedish_pronouns_are_read_as_they_are_written():
    assert words("kan du hjälpa mej o dej") == ["kan", "du", "hjälpa", "mig", "o", "dig"]
