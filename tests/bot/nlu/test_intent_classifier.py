"""The component that ranks intents: trained, stored, loaded and used as Rasa does it."""

from __future__ import annotations

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
from bot.nlu.intent_classifier import IntentClassifier

EXAMPLES = {
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
    messages = [
        Message({"text": text, "intent": intent})
        for intent, texts in EXAMPLES.items()
        for text in texts
    ]
    SentenceVectors({"alias": None}, "vectors").process(messages)
    config = IntentClassifier.get_default_config()
    untrained = IntentClassifier.create(config, storage, RESOURCE, CONTEXT)
    untrained.train(TrainingData(messages))
    return IntentClassifier.load(config, storage, RESOURCE, CONTEXT)


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


def test_an_unknown_setting_is_refused(storage: LocalModelStorage) -> None:
    with pytest.raises(InvalidConfigException, match="strenght"):
        IntentClassifier.create({"strenght": 3}, storage, RESOURCE, CONTEXT)


def test_training_without_examples_is_refused(storage: LocalModelStorage) -> None:
    untrained = IntentClassifier.create({}, storage, RESOURCE, CONTEXT)

    with pytest.raises(InvalidConfigException, match="examples"):
        untrained.train(TrainingData([]))
