"""The component gives Rasa an entity for each fact, with its place in the message."""

from __future__ import annotations

from datetime import date

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.slot_extractor import SlotExtractor

TODAY = date(2026, 11, 22)


def extract(text, **metadata):
    message = Message({"text": text, "metadata": metadata, "entities": [{"entity": "language"}]})
    return SlotExtractor(today=lambda: TODAY).process([message])[0].get("entities")


def test_entities_are_added_to_those_found_before():
    entities = extract("asun Vaasassa")
    assert [entity["entity"] for entity in entities] == ["language", "place"]
    assert entities[1] == {
        "entity": "place",
        "value": "905",
        "start": 5,
        "end": 13,
        "extractor": "SlotExtractor",
    }


def test_what_was_asked_is_read_from_the_metadata():
    assert [entity["entity"] for entity in extract("10", asked="weekly_hours")] == [
        "language",
        "weekly_hours",
    ]


def test_a_message_without_text_or_metadata_has_no_facts():
    message = SlotExtractor(today=lambda: TODAY).process([Message({})])[0]
    assert message.get("entities") == []


def test_slips_are_mended_in_the_language_of_the_message():
    message = Message({"text": "evnings", "language": {"use": "en"}})
    found = SlotExtractor(today=lambda: TODAY).process([message])[0].get("entities")
    assert [(entity["entity"], entity["value"]) for entity in found] == [("schedule", "evening")]
