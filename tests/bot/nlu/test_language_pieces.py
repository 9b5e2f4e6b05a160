"""How common pieces of words are in each language."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.nlu.language_pieces import LanguagePieces, load_language_pieces, split_words


def likeliest(evidence):
    return max(evidence, key=evidence.__getitem__)


def test_words_are_split_without_addresses_and_placeholders():
    text = "Hei! What's up, [phone] https://example.org/jag a@b.fi seinäjoki2"
    assert split_words(text) == ["hei", "what's", "up", "seinäjoki"]


def test_how_much_was_written_in_a_language_does_not_count():
    words = {"fi": Counter({"koulu": 90, "talo": 10}), "sv": Counter("ö"), "en": Counter(["talo"])}
    pieces = LanguagePieces.count(words)
    assert likeliest(pieces.evidence(["talo"])) == "en"
    assert likeliest(pieces.evidence(["koulu"])) == "fi"


def test_a_word_is_known_by_its_pieces():
    words = {
        "fi": Counter(["opiskelisin"]),
        "sv": Counter(["utbilda"]),
        "en": Counter(["studying"]),
    }
    pieces = LanguagePieces.count(words)
    assert likeliest(pieces.evidence(["opiskella"])) == "fi"
    assert likeliest(pieces.evidence(["utbildning"])) == "sv"
    assert likeliest(pieces.evidence(["buying"])) == "en"


@pytest.mark.parametrize("words", [[], ["привет"], ["你好"], ["привет", "你好"]])
def test_of_other_letters_it_has_nothing_to_say(words):
    assert load_language_pieces().evidence(words) == {}


@pytest.mark.parametrize(
    ("word", "language"),
    [("haluun", "fi"), ("opintotuki", "fi"), ("nå", "sv"), ("studiestöd", "sv"), ("bye", "en")],
)
def test_the_training_messages_tell_the_language_of_a_word(word, language):
    assert likeliest(load_language_pieces().evidence([word])) == language
