"""The component encodes only where a wish was found without a field."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.encoder import load_encoder
from bot.nlu.field_meaning import FieldByMeaning


def process(entities, text="haluaisin pyöritellä koodia", **metadata):
    encoded = []

    def encode(texts):
        encoded.extend(texts)
        return load_encoder().encode_all(texts)

    message = Message({"text": text, "metadata": metadata, "entities": entities})
    FieldByMeaning(encode=encode).process([message])
    return message.get("entities"), encoded


def test_the_field_is_added_beside_the_wish():
    wish = {"entity": "interest", "value": "tehdä nettisivuja ja appeja", "start": 0, "end": 5}
    entities, encoded = process([wish])
    assert [one["entity"] for one in entities] == ["field", "interest"]
    assert entities[0]["value"] == "061"
    assert entities[0]["extractor"] == "FieldByMeaning"
    assert encoded == ["tehdä nettisivuja ja appeja"]


def test_nothing_is_encoded_where_the_field_is_known():
    known = [
        {"entity": "interest", "value": "koodausta"},
        {"entity": "field", "value": "0613"},
    ]
    assert process(known) == (known, [])
    assert process([]) == ([], [])
