"""Pipeline component: the intent of a message, by a linear model kept in plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
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

from bot.nlu.encoder import SentenceEncoder, load_encoder
from bot.nlu.evidence import CRISIS, gather_evidence
from bot.nlu.linear_model import (
    Floats,
    LinearIntentModel,
    TrainingSettings,
    softmax,
    train_model,
)
from bot.nlu.text import split_passages, tidy

MODEL_FILE = "intents.npz"
RANKING_LENGTH = 10

CRISIS_INTENT = "crisis"
# Beyond so many characters a sentence of distress drowns in the rest of the message.
LONG = 120
# Of a long message's passages, how many may cost an encoding, and how likely a crisis one must be
# by its pieces of words alone: nine out of ten passages of everyday messages are not.
PASSAGES_ENCODED = 2
LIKELY = 0.03
# A passage decides alone, so it has to be clearer than a whole message.
SURE = 0.7


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Rank the intents of a message, in whichever language it is.

    The sentence vector and the pieces of words go through one model for all languages. What was
    asked just before (`asked` of the message's metadata) and the entities found by components
    earlier in the pipeline shift the result; nothing is ever decided by them alone. Distress
    anywhere in a long message makes the message a crisis.
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
        encoder: SentenceEncoder | None = None,
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
        self._encoder = encoder or load_encoder()

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
        tidied = tidy(text)
        if not tidied:
            return [{INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}]
        if len(text) > LONG:
            distress = self._find_distress(self._model, text)
            if distress:
                return distress
        evidence = gather_evidence(
            text,
            asked=(message.get(METADATA) or {}).get("asked"),
            entities=message.get(ENTITIES) or [],
        )
        return _order(self._model, self._model.scores(_vector(message), tidied), evidence)

    def _find_distress(self, model: LinearIntentModel, text: str) -> list[dict[str, Any]] | None:
        """Return the ranking of a passage of a long message that is surely a crisis."""
        place = int(np.searchsorted(model.intents, CRISIS_INTENT))
        if place == len(model.intents) or model.intents[place] != CRISIS_INTENT:
            return None
        # Their pieces of words tell which passages are worth the encoder's time.
        # The centre of all vectors stands for a meaning not known.
        likely = {
            passage: float(softmax(model.scores(model.centre, passage))[place])
            for passage in map(tidy, split_passages(text))
        }
        worth_it = (passage for passage in likely if likely[passage] >= LIKELY)
        likeliest = sorted(worth_it, key=lambda passage: -likely[passage])[:PASSAGES_ENCODED]
        if not likeliest:
            return None
        for passage, meaning in zip(likeliest, self._encoder.encode_all(likeliest), strict=True):
            ranking = _order(model, model.scores(meaning, passage), {CRISIS_INTENT: CRISIS})
            first = ranking[0]
            if first[INTENT_NAME_KEY] == CRISIS_INTENT and first[PREDICTED_CONFIDENCE_KEY] >= SURE:
                return ranking
        return None


def _order(
    model: LinearIntentModel, scores: Floats, evidence: Mapping[str, float]
) -> list[dict[str, Any]]:
    shift = [evidence.get(str(intent), 0.0) for intent in model.intents]
    confidences = softmax(scores + np.array(shift, dtype=np.float32))
    return [
        {
            INTENT_NAME_KEY: str(model.intents[place]),
            PREDICTED_CONFIDENCE_KEY: float(confidences[place]),
        }
        for place in np.argsort(-confidences, kind="stable")
    ]


def _vector(message: Message) -> Floats:
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise InvalidConfigException("IntentClassifier needs SentenceVectors before it.")
    vector: Floats = sentence.features[0]
    return vector
