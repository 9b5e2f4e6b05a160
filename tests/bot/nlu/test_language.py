"""The component: which language a conversation goes on in."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language import LanguageDetector

FINNISH = "Haluaisin opiskella jotain iltaisin"
SWEDISH = "Jag skulle vilja studera något på kvällarna"


def _process(text: str, **metadata: Any) -> Message:
    message = Message({"text": text, "metadata": metadata, "entities": [{"entity": "place"}]})
    LanguageDetector().process([message])
    return message


def _use(text: str, **metadata: Any) -> object:
    return _process(text, **metadata).get("language")["use"]


def test_the_first_message_in_another_language_switches() -> None:
    assert _use(SWEDISH, language="fi", first=True) == "sv"


def test_one_later_message_in_another_language_does_not_switch() -> None:
    assert _use(SWEDISH, language="fi", heard=None, first=False) == "fi"


def test_two_running_in_another_language_switch() -> None:
    assert _use(SWEDISH, language="fi", heard="sv") == "sv"
    assert _use(SWEDISH, language="fi", heard="en") == "fi"


@pytest.mark.parametrize("text", ["Vasa", "ok", "60", "joo tack"])
def test_an_unclear_message_keeps_the_language(text: str) -> None:
    assert _use(text, language="en", heard="sv", first=True) == "en"


def test_a_wish_wins_over_everything() -> None:
    assert _use("puhutaan ruotsia", language="fi") == "sv"
    assert _use("English please, haluaisin opiskella jotain", language="fi", first=True) == "en"


def test_without_metadata_the_message_decides() -> None:
    assert _use(SWEDISH) == "sv"
    assert _use("12345") == "fi"


def test_entities_found_before_are_kept_and_wishes_added() -> None:
    message = _process("puhutaan suomea", language="sv")

    assert [entity["entity"] for entity in message.get("entities")] == ["place", "language_wish"]
    assert message.get("entities")[1]["extractor"] == "LanguageDetector"


def test_the_language_is_part_of_the_output() -> None:
    message = _process(FINNISH, language="fi")

    assert message.as_dict(only_output_properties=True)["language"] == {
        "code": "fi",
        "clear": True,
        "use": "fi",
    }
