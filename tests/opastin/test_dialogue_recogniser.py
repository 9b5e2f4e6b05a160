"""Telling responses by their words."""

from __future__ import annotations

import pytest

from opastin.dialogue_recogniser import Recogniser
from opastin.texts import LANGUAGES, Texts, load_texts

TEXTS = load_texts()
INVENTED = Texts(
    {
        "fi": {
            "utter_named": {"text": "Hei, {name}, mitä kuuluu tänään?"},
            "utter_short": {"text": "Kiitos paljon."},
            "utter_value": {"text": "{text}."},
        },
        "fi-easy": {"utter_named": {"text": "Hei, {name}."}, "utter_value": {"text": "{text}!"}},
    }
)


def reply(text: str, language: str = "fi") -> dict[str, object]:
    return {"text": text, "language": language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "slot"),
    [
        ("utter_ask_place", "place"),
        ("utter_ask_place_again", "place"),
        ("utter_resume_schedule", "schedule"),
        ("utter_erase_confirm", "confirm_erase"),
    ],
)
def test_questions_tell_what_they_ask_for(language: str, name: str, slot: str) -> None:
    recogniser = Recogniser(TEXTS)
    for plain in (False, True):
        text = TEXTS.text(name, language, plain=plain)
        assert recogniser.question(reply(text, language)) == (slot, name)


def test_values_do_not_matter() -> None:
    recogniser = Recogniser(INVENTED)
    assert recogniser.says(reply("Hei, Aino, mitä kuuluu tänään?"), "utter_named")
    assert not recogniser.says(reply("Moi, Aino, mitä kuuluu tänään?"), "utter_named")


def test_ordinary_words_are_named_where_easy_ones_exist() -> None:
    recogniser = Recogniser(INVENTED)
    assert recogniser.not_easy(reply("Hei, Aino, mitä kuuluu tänään?")) == "utter_named"
    assert recogniser.not_easy(reply("Hei, Aino.")) is None
    assert recogniser.not_easy(reply("Kiitos paljon.")) is None


def test_a_response_that_is_all_value_is_not_seen_everywhere() -> None:
    assert Recogniser(INVENTED).not_easy(reply("Jotain aivan muuta.")) is None
