"""Pipeline component: the sentence vector of each message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import SentenceEncoder, load_encoder
from bot.nlu.shipped_vectors import SHIPPED
from bot.nlu.vector_file import Vectors
from opastin.settings import load_settings

CACHE_FILE = "cache/training_vectors.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """Add the vector of the whole message as a sentence feature.

    Vectors of training examples come with the data or are kept under the home, so that only new
    examples cost time.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """Build the component for training and for use."""
        return cls(config, execution_context.node_name)

    def __init__(
        self, config: dict[str, Any], name: str, encoder: SentenceEncoder | None = None
    ) -> None:
        """Use `encoder`, or the one that the process shares."""
        super().__init__(name, config)
        self._encoder = encoder or load_encoder()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any settings; there are none of its own."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to all examples that have a text."""
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        vectors = self._encoder.encode_with_file(
            [message.get(TEXT) for message in messages],
            load_settings().home / CACHE_FILE,
            shipped=SHIPPED,
        )
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a vector to each message."""
        for message in messages:
            self._add(message, self._encoder.encode(message.get(TEXT) or ""))
        return messages

    def _add(self, message: Message, vector: Vectors) -> None:
        message.add_features(
            Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
        )
