"""Occupations and cards that no list names are known by their last part."""

from __future__ import annotations

import pytest

from bot.nlu.titles import last_part


@pytest.mark.parametrize(
    ("text", "words", "kinds"),
    [
        ("olin lentokonemekaanikkona", ["lentokonemekaanikkona"], ["occupation"]),
        ("oon ollu paperikonemiehenä", ["paperikonemiehenä"], ["occupation"]),
        ("toimin rauhanturvaajana kolme vuotta", ["rauhanturvaajana"], ["occupation"]),
        ("olen pankin lääkärisihteeri", ["lääkärisihteeri"], ["occupation"]),
        ("jobbar som företagshälsovårdare", ["företagshälsovårdare"], ["occupation"]),
        ("jag är ekonomiassistent", ["ekonomiassistent"], ["occupation"]),
        ("I am a logistics manager", ["logistics manager"], ["occupation"]),
        ("I work as a paralegal", ["paralegal"], ["occupation"]),
        ("mulla on hitsausluokat", ["hitsausluokat"], ["qualification"]),
        ("jag har hetarbetskort", ["hetarbetskort"], ["qualification"]),
        ("I have a diving certificate", ["diving certificate"], ["qualification"]),
        ("olen yksinhuoltaja", [], []),
        ("unohdin pankkikorttini", [], []),
        ("I need a residence permit card", [], []),
        ("jag driver eget bolag", [], []),
    ],
)
def test_an_unlisted_title_is_known(values, text, words, kinds):
    found = values("competence", text)
    assert [one["words"] for one in found] == words
    assert [one["kind"] for one in found] == kinds


def test_an_unlisted_title_is_wished_for_too(values):
    assert values("competence", "haluaisin hiihdonopettajaksi") == []
    assert values("field", "haluaisin hiihdonopettajaksi") == ["1014"]


@pytest.mark.parametrize("word", ["mies", "kortti", "talous", "", "företagsekonomi"])
def test_a_word_without_a_first_part_is_no_compound(word):
    assert last_part(word) is None
