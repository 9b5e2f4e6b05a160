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


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("olin paperitehtaalla koneenhoitajana", ["072", "072"]),
        ("olin kattilanhoitajana voimalassa", ["0713"]),
        ("olin haudanhoitajana", ["0812"]),
        ("olin vimpaimenhoitajana", [None]),
        ("olin hoitajana", ["0913"]),
        ("jag var maskinskötare", ["072"]),
        ("jag var trädgårdsskötare", ["0812"]),
        ("käyn anopin kaupassa", []),
        ("työskentelin kaupassa", ["0416"]),
        ("jag handlar åt svärmor", []),
        ("I do the shopping for my mother-in-law", []),
    ],
)
def test_what_somebody_looks_after_decides(values, text, fields):
    assert [one["field"] for one in values("competence", text)] == fields


def test_an_unlisted_title_is_wished_for_too(values):
    assert values("competence", "haluaisin hiihdonopettajaksi") == []
    assert values("field", "haluaisin hiihdonopettajaksi") == ["1014"]


@pytest.mark.parametrize("word", ["mies", "kortti", "talous", "", "företagsekonomi"])
def test_a_word_without_a_first_part_is_no_compound(word):
    assert last_part(word) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("olen turkistarhuri, 45 v", ["0811"]),
        ("oon freelancer-toimittaja", ["0321"]),
        ("jag är postiljon", ["1041"]),
        ("jag är receptarie från Libanon", ["0916"]),
        ("I am a cobbler", ["0723"]),
        ("I work as a kitchen chef", ["1013"]),
    ],
)
def test_rarer_occupations_have_their_field(values, text, fields):
    assert [one["field"] for one in values("competence", text)] == fields


@pytest.mark.parametrize(
    "text", ["architecture", "filosofia", "erityispedagogiikka", "engineering"]
)
def test_a_field_that_begins_like_a_title_is_none(values, text):
    assert values("competence", f"I am 33. {text}") == []
