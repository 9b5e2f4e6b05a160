"""Phrases of the lookups: what they may hold, and how they are matched."""

from __future__ import annotations

import pytest

from bot.nlu.lexicon import PHRASE_FILES, Lexicon, load_table
from bot.nlu.reading import read
from bot.nlu.subjects import load_entries
from catalog.fields import is_field

LANGUAGES = {"fi", "sv", "en"}


def found(lexicon, text, kind="k"):
    reading = read(text, {})
    matches = lexicon.find(reading).all(kind)
    return [(match.value, reading.slice(match.first, match.last)) for match in matches]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("hoitotyö*", "Hoitotyötä, kiitos", ["Hoitotyötä"]),
        ("hoitotyö*", "hoitotyota", ["hoitotyota"]),
        ("hoitotyö*", "hoito työtä", ["hoito työtä"]),
        ("hoitotyö", "hoitotyötä", []),
        ("omaan tahtiin", "opiskelen omaan tahtiin", ["omaan tahtiin"]),
        ("omaan tahtiin", "omaan, tahtiin", []),
        ("en ~ tiedä", "en nyt ihan tiedä", ["en nyt ihan tiedä"]),
        ("en ~ tiedä", "en tiedä", ["en tiedä"]),
        ("en ~ tiedä", "en, tiedä", []),
        ("(olen|oon) ~ töissä", "oon vielä töissä", ["oon vielä töissä"]),
        ("=IT", "IT", ["IT"]),
        ("=IT", "it", []),
        ("työ", "tyo", []),
    ],
)
def test_patterns(pattern, text, expected):
    assert [words for _, words in found(Lexicon([("k", "v", pattern)]), text)] == expected


def test_the_longest_of_a_kind_wins():
    lexicon = Lexicon([("k", "short", "hoito*"), ("k", "long", "hoitoala*")])
    assert found(lexicon, "hoitoalalle") == [("long", "hoitoalalle")]


def test_kinds_do_not_hide_each_other():
    lexicon = Lexicon([("k", "a", "töissä"), ("m", "b", "olen töissä")])
    assert found(lexicon, "olen töissä") == [("a", "töissä")]
    assert found(lexicon, "olen töissä", "m") == [("b", "olen töissä")]


@pytest.mark.parametrize("name", PHRASE_FILES)
def test_lookups_are_lists_by_language(name):
    for values in load_table(name).values():
        for entry in values.values():
            phrases = {key: value for key, value in entry.items() if key in LANGUAGES}
            assert phrases
            assert set(entry) <= LANGUAGES | {"kind", "field", "education", "code"}
            for patterns in phrases.values():
                assert all(isinstance(pattern, str) and pattern.strip() for pattern in patterns)


def test_fields_are_codes_of_the_classification():
    assert all(is_field(code) for code in load_table("field")["field"])


def test_competence_entries_hold_known_values():
    for entry in load_entries().values():
        assert entry["kind"] in ("qualification", "occupation", "skill")
        assert entry.get("field") is None or is_field(entry["field"])


@pytest.mark.parametrize(("language", "least"), [("fi", 400), ("sv", 200), ("en", 200)])
def test_occupations_are_many_in_each_language(language, least):
    assert sum(len(entry.get(language, ())) for entry in load_entries().values()) >= least


def test_field_words_are_many():
    fields = load_table("field")["field"].values()
    assert sum(len(words) for entry in fields for words in entry.values()) >= 900
