"""Pipeline component: the intent of a message, by a linear model kept in plain arrays."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.evidence import gather_evidence
from bot.nlu.linear_model import (
    Floats,
    LinearIntentModel,
    TrainingSettings,
    softmax,
    train_model,
)
from bot.nlu.text import tidy

MODEL_FILE = "intents.npz"
RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Rank the intents of a message, in whichever language it is.

    The sentence vector and the pieces of words go through one model for all languages. What was
    asked just before (`asked` of the message's metadata) and the entities found by components
    earlier in the pipeline shift the result; nothing is ever decided by them alone.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings used where `config.yml` gives none."""
        return {item.name: item.default for item in fields(TrainingSettings)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Build an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Build the component with what training stored."""
        with model_storage.read_from(resource) as folder:
            model = LinearIntentModel.load(folder / MODEL_FILE)
        return cls(config, model_storage, resource, model)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearIntentModel | None = None,
    ) -> None:
        """Check the settings, which Rasa does not ask a component to do."""
        names = {item.name for item in fields(TrainingSettings)}
        unknown = config.keys() - names
        if unknown:
            raise InvalidConfigException(
                f"IntentClassifier has no settings {', '.join(sorted(unknown))}."
            )
        self._settings = TrainingSettings(**config)
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to all examples and store it."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        if not examples:
            raise InvalidConfigException("IntentClassifier needs examples in bot/data/nlu.")
        self._model = train_model(
            np.stack([_vector(example) for example in examples]),
            [tidy(example.get(TEXT)) for example in examples],
            [example.get(INTENT) for example in examples],
            self._settings,
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder / MODEL_FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message."""
        for message in messages:
            ranking = self._rank(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:RANKING_LENGTH], add_to_output=True)
        return messages

    def _rank(self, message: Message) -> list[dict[str, Any]]:
        if self._model is None:
            raise InvalidConfigException("IntentClassifier is not trained.")
        text = message.get(TEXT) or ""
        if not any(character.isalnum() for character in text) and not tidy(text):
            return [{INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}]
        scores = self._model.scores(_vector(message), tidy(text))
        evidence = gather_evidence(
            text,
            asked=(message.get(METADATA) or {}).get("asked"),
            entities=message.get(ENTITIES) or [],
        )
        shift = [evidence.get(str(intent), 0.0) for intent in self._model.intents]
        confidences = softmax(scores + np.array(shift, dtype=np.float32))
        order = np.argsort(-confidences, kind="stable")
        return [
            {
                INTENT_NAME_KEY: str(self._model.intents[place]),
                PREDICTED_CONFIDENCE_KEY: float(confidences[place]),
            }
            for place in order
        ]


def _vector(message: Message) -> Floats:
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise InvalidConfigException("IntentClassifier needs SentenceVectors before it.")
    vector: Floats = sentence.features[0]
    return vector
