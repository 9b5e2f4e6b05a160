"""Which language a message is in, and when that is clear."""

from __future__ import annotations

import pytest

from bot.nlu.language_detection import Detection, load_detector


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi", "fi"),
        ("oisko mitää seinäjoel iltasin", "fi"),
        ("Jag är närvårdare från Närpes och vill bli socionom", "sv"),
        ("ja veit int va ja vill", "sv"),
        ("I want study nurse, my finnish is small", "en"),
        ("i want to study in Seinäjoki", "en"),
        ("jag bor i Seinäjoki", "sv"),
    ],
)
def test_a_sentence_is_in_its_language(text: str, language: str) -> None:
    assert load_detector().detect(text).code == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Haluaisin opiskella jotain iltaisin", "fi"),
        ("jag skulle vilja studera något", "sv"),
        ("how much does it cost", "en"),
    ],
)
def test_a_sentence_is_clear(text: str, language: str) -> None:
    assert load_detector().detect(text) == Detection(language, True)


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "IT",
        "Vasa",
        "Borgå, Sibbo, Vanda",
        "Helsinki Espoo Vantaa",
        "närvårdare",
        "data science",
        "joo tack",
        "moi, I am nurse ja asun täällä Porissa now",
    ],
)
def test_short_and_mixed_messages_and_places_are_not_clear(text: str) -> None:
    assert not load_detector().detect(text).clear


@pytest.mark.parametrize(
    "text", ["", "123 456", "👍", "[phone]", "\u200b", "https://example.org/jag"]
)
def test_without_words_there_is_no_language(text: str) -> None:
    assert load_detector().detect(text) == Detection(None, False)


@pytest.mark.parametrize(("text", "language"), [("Hej!", "sv"), ("hello", "en"), ("terve", "fi")])
def test_a_greeting_is_clear_only_at_the_start(text: str, language: str) -> None:
    assert load_detector().detect(text, first=True) == Detection(language, True)
    assert not load_detector().detect(text).clear
